//! Accounts from the command line, for the first one and for forgotten passwords.

use std::io::Read as _;

use clap::Subcommand;
use vedette_core::id::UserId;
use vedette_store::row::{Actor, Role, RoleGrant, UserRow};
use vedette_store::{Store as _, StoreError};
use zeroize::Zeroizing;

use super::settings::Settings;
use super::{Failure, SettingArgs, open_store};
use crate::audit::{self, Action};
use crate::clock::{Clock as _, SystemClock, SystemEntropy, new_id};
use crate::domain::text::{Name, Password};
use crate::domain::user::is_taken;
use crate::password;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Makes an account
    Add {
        name: String,
        /// One or several, each with the last day on which its training holds: operator=2027-03-31
        #[arg(long = "role", value_name = "ROLE[=DATE]", default_value = "operator", value_parser = grant)]
        roles: Vec<RoleGrant>,
        /// Reads the password from standard input in place of asking for it
        #[arg(long)]
        password_stdin: bool,
        #[command(flatten)]
        settings: SettingArgs,
    },
    /// Gives an account a new password, and signs it out everywhere
    Reset {
        name: String,
        /// Reads the password from standard input in place of asking for it
        #[arg(long)]
        password_stdin: bool,
        #[command(flatten)]
        settings: SettingArgs,
    },
}

impl Command {
    pub(super) fn settings(&self) -> &SettingArgs {
        match self {
            Self::Add { settings, .. } | Self::Reset { settings, .. } => settings,
        }
    }
}

fn grant(text: &str) -> Result<RoleGrant, String> {
    let (name, until) = match text.split_once('=') {
        Some((name, until)) => (name, Some(until)),
        None => (text, None),
    };
    let role = serde_json::from_value(name.replace('-', "_").into()).map_err(|_| {
        let all: Vec<_> = Role::ALL
            .iter()
            .filter_map(|role| serde_json::to_value(role).ok())
            .collect();
        let all: Vec<_> = all.iter().filter_map(|name| name.as_str()).collect();
        format!("{name:?} is no role; roles are {}", all.join(", "))
    })?;
    let trained_until = until.map(str::parse).transpose();
    Ok(RoleGrant {
        role,
        trained_until: trained_until.map_err(|_| "the date has the form 2027-03-31".to_owned())?,
    })
}

fn said(error: impl std::fmt::Display) -> Failure {
    Failure::Said(format!("Nothing was changed: {error}."))
}

pub(super) async fn run(command: Command, settings: Settings) -> Result<(), Failure> {
    let store = open_store(&settings).await?;
    let now = SystemClock.now();
    match command {
        Command::Add {
            name,
            roles,
            password_stdin,
            ..
        } => {
            let name = Name::new(&name).map_err(said)?;
            let hash = password::hash(read_password(password_stdin)?.as_str(), &SystemEntropy).map_err(said)?;
            let id = UserId::new(new_id(now, &SystemEntropy).map_err(said)?);
            let user = UserRow {
                id,
                name: name.as_str().to_owned(),
                roles,
                created_at: now,
            };
            let mut tx = store.write().await.map_err(said)?;
            if is_taken(&tx.users().await.map_err(said)?, &user.name) {
                return Err(said("somebody has that name already, or one that looks like it"));
            }
            tx.add_user(&user, &hash).await.map_err(|error| match error {
                StoreError::Conflict => said("somebody has that name already"),
                other => said(other),
            })?;
            audit::write(
                &mut *tx,
                now,
                Actor::CommandLine,
                Action::AccountMade(id, user.roles.clone()),
            )
            .await
            .map_err(said)?;
            tx.commit().await.map_err(said)?;
            println!("The account is made.");
        }
        Command::Reset {
            name, password_stdin, ..
        } => {
            let mut tx = store.read().await.map_err(said)?;
            let (user, _) = tx
                .user_by_name(name.trim())
                .await
                .map_err(said)?
                .ok_or_else(|| said("nobody has that name"))?;
            drop(tx);
            let hash = password::hash(read_password(password_stdin)?.as_str(), &SystemEntropy).map_err(said)?;
            let mut tx = store.write().await.map_err(said)?;
            tx.set_password(user.id, &hash).await.map_err(said)?;
            tx.remove_sessions_of(user.id).await.map_err(said)?;
            audit::write(&mut *tx, now, Actor::CommandLine, Action::PasswordReset(user.id))
                .await
                .map_err(said)?;
            tx.commit().await.map_err(said)?;
            println!("The password is changed, and the account signed out everywhere.");
        }
    }
    store.close().await;
    Ok(())
}

fn read_password(from_stdin: bool) -> Result<Password, Failure> {
    if from_stdin {
        let mut text = Zeroizing::new(String::new());
        std::io::stdin().take(4096).read_to_string(&mut text).map_err(said)?;
        return Password::new(text.trim_end_matches(['\r', '\n']).to_owned()).map_err(said);
    }
    let first = rpassword::prompt_password("Password: ").map_err(said)?;
    let second = Zeroizing::new(rpassword::prompt_password("Again: ").map_err(said)?);
    if first != *second {
        return Err(said("the passwords differ"));
    }
    Password::new(first).map_err(said)
}
