use async_trait::async_trait;
use jiff::Timestamp;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;
use vedette_core::id::{DeviceId, UserId};

use super::SqliteTransaction;
use super::read::{from_word, parsed, text, time, to_word};
use crate::row::{Digest, PasswordHash, RoleGrant, SessionRow, UserRow};
use crate::{Result, StoreError, Users};

fn user(row: &SqliteRow) -> Result<UserRow> {
    Ok(UserRow {
        id: parsed(row, "id")?,
        name: text(row, "name")?,
        roles: roles(row.try_get("roles")?)?,
        created_at: time(row, "created_at")?,
    })
}

/// `role date,role date`, as `USER` gathers them; no date where there was no training.
fn roles(text: &str) -> Result<Vec<RoleGrant>> {
    let grants = text.split(',').map(|grant| {
        let (role, until) = grant.split_once(' ').ok_or(StoreError::Corrupt)?;
        let until = Some(until).filter(|until| !until.is_empty());
        Ok(RoleGrant {
            role: from_word(role)?,
            trained_until: until.map(str::parse).transpose().map_err(|_| StoreError::Corrupt)?,
        })
    });
    grants.collect()
}

/// A user's columns; the condition follows.
macro_rules! select_users {
    ($more:literal, $rest:literal) => {
        concat!(
            "select u.id, u.name, u.created_at, (select group_concat(r.role || ' ' || coalesce(r.trained_until, ''))
             from user_roles r where r.user = u.id) as roles",
            $more,
            " from users u ",
            $rest
        )
    };
}

#[async_trait]
impl Users for SqliteTransaction {
    async fn users(&mut self) -> Result<Vec<UserRow>> {
        let sql = select_users!("", "where removed_at is null order by lower(name)");
        sqlx::query(sql)
            .fetch_all(&mut *self.connection)
            .await?
            .iter()
            .map(user)
            .collect()
    }

    async fn user_by_name(&mut self, name: &str) -> Result<Option<(UserRow, PasswordHash)>> {
        let sql = select_users!(
            ", u.password_hash",
            "where lower(name) = lower(?) and removed_at is null"
        );
        let row = sqlx::query(sql)
            .bind(name.to_owned())
            .fetch_optional(&mut *self.connection)
            .await?;
        row.map(|row| Ok((user(&row)?, PasswordHash(text(&row, "password_hash")?))))
            .transpose()
    }

    async fn add_user(&mut self, user: &UserRow, password: &PasswordHash) -> Result<()> {
        sqlx::query("insert into users (id, name, password_hash, created_at) values (?, ?, ?, ?)")
            .bind(user.id.to_string())
            .bind(user.name.clone())
            .bind(password.0.clone())
            .bind(user.created_at.as_millisecond())
            .execute(&mut *self.connection)
            .await?;
        self.set_roles(user.id, &user.roles).await
    }

    async fn set_roles(&mut self, user: UserId, roles: &[RoleGrant]) -> Result<()> {
        sqlx::query("delete from user_roles where user = ?")
            .bind(user.to_string())
            .execute(&mut *self.connection)
            .await?;
        for grant in roles {
            sqlx::query("insert into user_roles (user, role, trained_until) values (?, ?, ?)")
                .bind(user.to_string())
                .bind(to_word(grant.role)?)
                .bind(grant.trained_until.map(|date| date.to_string()))
                .execute(&mut *self.connection)
                .await?;
        }
        Ok(())
    }

    async fn set_password(&mut self, user: UserId, password: &PasswordHash) -> Result<()> {
        sqlx::query("update users set password_hash = ? where id = ? and removed_at is null")
            .bind(password.0.clone())
            .bind(user.to_string())
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }

    async fn remove_user(&mut self, user: UserId, at: Timestamp) -> Result<bool> {
        let done =
            sqlx::query("update users set removed_at = ?, password_hash = '' where id = ? and removed_at is null")
                .bind(at.as_millisecond())
                .bind(user.to_string())
                .execute(&mut *self.connection)
                .await?;
        self.remove_sessions_of(user).await?;
        Ok(done.rows_affected() > 0)
    }

    async fn add_session(
        &mut self,
        token: Digest,
        user: UserId,
        device: Option<DeviceId>,
        at: Timestamp,
    ) -> Result<()> {
        sqlx::query("insert into sessions (token, user, device, created_at, last_seen_at) values (?, ?, ?, ?, ?)")
            .bind(token.0.to_vec())
            .bind(user.to_string())
            .bind(device.map(|id| id.to_string()))
            .bind(at.as_millisecond())
            .bind(at.as_millisecond())
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }

    async fn set_session_device(&mut self, token: Digest, device: DeviceId) -> Result<()> {
        sqlx::query("update sessions set device = ? where token = ?")
            .bind(device.to_string())
            .bind(token.0.to_vec())
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }

    async fn session(&mut self, token: Digest) -> Result<Option<SessionRow>> {
        let sql = select_users!(
            ", s.created_at as since, s.last_seen_at",
            "join sessions s on s.user = u.id where s.token = ? and u.removed_at is null"
        );
        let row = sqlx::query(sql)
            .bind(token.0.to_vec())
            .fetch_optional(&mut *self.connection)
            .await?;
        row.map(|row| {
            Ok(SessionRow {
                token,
                user: user(&row)?,
                created_at: time(&row, "since")?,
                last_seen_at: time(&row, "last_seen_at")?,
            })
        })
        .transpose()
    }

    async fn touch_session(&mut self, token: Digest, at: Timestamp) -> Result<()> {
        sqlx::query("update sessions set last_seen_at = max(last_seen_at, ?) where token = ?")
            .bind(at.as_millisecond())
            .bind(token.0.to_vec())
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }

    async fn remove_session(&mut self, token: Digest) -> Result<()> {
        sqlx::query("delete from sessions where token = ?")
            .bind(token.0.to_vec())
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }

    async fn remove_sessions_of(&mut self, user: UserId) -> Result<()> {
        sqlx::query("delete from sessions where user = ?")
            .bind(user.to_string())
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }

    async fn remove_sessions_on(&mut self, device: DeviceId, but: Digest) -> Result<()> {
        sqlx::query("delete from sessions where device = ? and token <> ?")
            .bind(device.to_string())
            .bind(but.0.to_vec())
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }

    async fn remove_sessions_before(&mut self, created: Timestamp, seen: Timestamp) -> Result<()> {
        sqlx::query("delete from sessions where created_at < ? or last_seen_at < ?")
            .bind(created.as_millisecond())
            .bind(seen.as_millisecond())
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }
}
