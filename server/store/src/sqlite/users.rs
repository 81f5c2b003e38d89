use async_trait::async_trait;
use jiff::Timestamp;
use sqlx::sqlite::SqliteRow;
use vedette_core::id::UserId;

use super::SqliteTransaction;
use super::read::{parsed, text, time, to_word, word};
use crate::row::{Digest, PasswordHash, SessionRow, UserRow};
use crate::{Result, Users};

fn user(row: &SqliteRow) -> Result<UserRow> {
    Ok(UserRow {
        id: parsed(row, "id")?,
        name: text(row, "name")?,
        role: word(row, "role")?,
        created_at: time(row, "created_at")?,
    })
}

#[async_trait]
impl Users for SqliteTransaction {
    async fn users(&mut self) -> Result<Vec<UserRow>> {
        let sql = "select id, name, role, created_at from users where removed_at is null order by lower(name)";
        sqlx::query(sql)
            .fetch_all(&mut *self.connection)
            .await?
            .iter()
            .map(user)
            .collect()
    }

    async fn user_by_name(&mut self, name: &str) -> Result<Option<(UserRow, PasswordHash)>> {
        let sql = "select id, name, role, created_at, password_hash from users
                   where lower(name) = lower(?) and removed_at is null";
        let row = sqlx::query(sql)
            .bind(name.to_owned())
            .fetch_optional(&mut *self.connection)
            .await?;
        row.map(|row| Ok((user(&row)?, PasswordHash(text(&row, "password_hash")?))))
            .transpose()
    }

    async fn add_user(&mut self, user: &UserRow, password: &PasswordHash) -> Result<()> {
        sqlx::query("insert into users (id, name, role, password_hash, created_at) values (?, ?, ?, ?, ?)")
            .bind(user.id.to_string())
            .bind(user.name.clone())
            .bind(to_word(user.role)?)
            .bind(password.0.clone())
            .bind(user.created_at.as_millisecond())
            .execute(&mut *self.connection)
            .await?;
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

    async fn add_session(&mut self, token: Digest, user: UserId, at: Timestamp) -> Result<()> {
        sqlx::query("insert into sessions (token, user, created_at, last_seen_at) values (?, ?, ?, ?)")
            .bind(token.0.to_vec())
            .bind(user.to_string())
            .bind(at.as_millisecond())
            .bind(at.as_millisecond())
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }

    async fn session(&mut self, token: Digest) -> Result<Option<SessionRow>> {
        let sql = "select u.id, u.name, u.role, u.created_at, s.created_at as since, s.last_seen_at
                   from sessions s join users u on u.id = s.user where s.token = ? and u.removed_at is null";
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

    async fn remove_sessions_before(&mut self, created: Timestamp, seen: Timestamp) -> Result<()> {
        sqlx::query("delete from sessions where created_at < ? or last_seen_at < ?")
            .bind(created.as_millisecond())
            .bind(seen.as_millisecond())
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }
}
