//! `rareshare user`: roles and suspensions, with a reason for each.

use anyhow::{Result, anyhow};
use clap::{Args, Subcommand};
use domain::{
    Error,
    account::{AccountRecord, Accounts, Actor, ModerationAction, Role, Standing},
};

use super::{in_words, start};
use crate::config::DataOptions;

#[derive(Debug, Subcommand)]
pub(super) enum What {
    /// Give somebody a role.
    Grant {
        /// Who, and why.
        #[command(flatten)]
        person: Person,
        /// expert, moderator, registry-staff, advisory-board, researcher or administrator.
        #[arg(value_parser = role)]
        role: Role,
    },
    /// Take a role away.
    Revoke {
        /// Who, and why.
        #[command(flatten)]
        person: Person,
        /// expert, moderator, registry-staff, advisory-board, researcher or administrator.
        #[arg(value_parser = role)]
        role: Role,
    },
    /// Tell somebody that something must not happen again.
    Warn {
        /// Who, and why.
        #[command(flatten)]
        person: Person,
    },
    /// Stop somebody from writing. They can still read, and control their account.
    Suspend {
        /// Who, and why.
        #[command(flatten)]
        person: Person,
        /// For how many days, to the end of the hour. Without it the suspension has no end.
        #[arg(long, value_parser = clap::value_parser!(u16).range(1..=3650))]
        days: Option<u16>,
    },
    /// End a suspension.
    Restore {
        /// Who, and why.
        #[command(flatten)]
        person: Person,
    },
    /// Sign somebody out everywhere: somebody else may be signed in as them.
    EndSessions {
        /// Who, and why.
        #[command(flatten)]
        person: Person,
    },
    /// Turn off somebody's second factor, for who has lost both phone and recovery codes. Make sure who
    /// asks for it.
    ResetSecondFactor {
        /// Who, and why.
        #[command(flatten)]
        person: Person,
    },
    /// Show an account.
    Show {
        /// E-mail address or handle.
        who: String,
        #[command(flatten)]
        data: DataOptions,
    },
}

#[derive(Args, Debug)]
pub(super) struct Person {
    /// E-mail address or handle.
    who: String,
    /// Why, in one line. The person sees it.
    #[arg(long)]
    reason: String,
    #[command(flatten)]
    data: DataOptions,
}

fn role(name: &str) -> std::result::Result<Role, String> {
    Role::from_name(name).ok_or_else(|| {
        let names: Vec<&str> = Role::ALL.iter().map(|role| role.as_str()).collect();
        format!("the roles are {}", names.join(", "))
    })
}

pub(super) async fn run(what: What) -> Result<()> {
    let (person, action) = match what {
        What::Grant { person, role } => (person, ModerationAction::Grant(role)),
        What::Revoke { person, role } => (person, ModerationAction::Revoke(role)),
        What::Warn { person } => (person, ModerationAction::Warn),
        What::Suspend { person, days } => (person, ModerationAction::Suspend { days }),
        What::Restore { person } => (person, ModerationAction::Restore),
        What::EndSessions { person } => (person, ModerationAction::EndSessions),
        What::ResetSecondFactor { person } => (person, ModerationAction::ResetSecondFactor),
        What::Show { who, data } => {
            let accounts = start::open(&data).await?.accounts();
            let found = accounts.find(Actor::Operator, &who).await;
            show(&found.map_err(|error| with_name(error, &who))?);
            return Ok(());
        }
    };
    let accounts = start::open(&person.data).await?.accounts();
    let record = accounts
        .moderate(Actor::Operator, &person.who, action, &person.reason)
        .await
        .map_err(|error| with_name(error, &person.who))?;
    show(&record);
    Ok(())
}

fn with_name(error: Error, who: &str) -> anyhow::Error {
    match error {
        Error::NotFound => anyhow!("nobody has the address or handle {who}"),
        other => in_words(other),
    }
}

fn show(record: &AccountRecord) {
    let roles: Vec<&str> = record.roles.iter().map(Role::as_str).collect();
    say!("{}  {}", record.handle, record.name);
    say!("  joined    {}", record.joined.spelled());
    say!(
        "  standing  {}",
        match (record.standing, record.suspended_until) {
            (Standing::Good, _) => "good".to_owned(),
            (Standing::Suspended, None) => "suspended".to_owned(),
            (Standing::Suspended, Some(until)) => {
                format!("suspended until {}", until.spelled_with_time())
            }
        }
    );
    say!(
        "  roles     {}",
        if roles.is_empty() {
            "none".to_owned()
        } else {
            roles.join(", ")
        }
    );
    say!(
        "  two steps {}",
        match (record.has_second_factor, roles.is_empty()) {
            (true, _) => "on",
            (false, true) => "off",
            (false, false) => "off: the roles wait until it is set up",
        }
    );
}
