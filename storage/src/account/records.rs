//! Accounts as those see them who look after accounts.

use domain::{
    Error, Result,
    account::{
        AccountList, AccountRecord, EmailAddress, ModerationRecord, People, Role, Roles, Standing,
    },
    text::fold,
    time::Timestamp,
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryResult, Value};

use super::{AccountStore, IN_GOOD_STANDING, entity::account, second_factor::SECOND_FACTORS};
use crate::{
    DatabaseKind,
    error::{internal, to_domain},
};

/// Accounts on one page of the list.
const PAGE: usize = 50;
/// Moderation actions that are shown of one account.
const MOST_ACTIONS: usize = 100;

fn sql(kind: DatabaseKind) -> String {
    let roles = kind.json_rows(
        "account_role.role",
        "account_role.role",
        "account_role WHERE account_role.account_id = account.id",
    );
    format!(
        "SELECT account.handle, account.display_name, account.email, account.created_at, \
         account.standing, account.suspended_until, {roles} AS roles, \
         {SECOND_FACTORS} FROM account "
    )
}

fn read(row: &QueryResult, now: Timestamp) -> Result<AccountRecord> {
    let text = |column: &str| row.try_get::<String>("", column).map_err(to_domain);
    let roles: Vec<(String,)> =
        serde_json::from_str(&text("roles")?).map_err(|error| internal(&error))?;
    let until: Option<i64> = row.try_get("", "suspended_until").map_err(to_domain)?;
    let until = until.map(Timestamp);
    let standing = Standing::at(&text("standing")?, until, now);
    Ok(AccountRecord {
        suspended_until: until.filter(|_| standing == Standing::Suspended),
        handle: text("handle")?,
        name: text("display_name")?,
        email: EmailAddress::parse("email", &text("email")?)?,
        joined: Timestamp(row.try_get("", "created_at").map_err(to_domain)?),
        standing,
        roles: roles
            .iter()
            .filter_map(|(name,)| Role::from_name(name))
            .collect::<Roles>(),
        has_second_factor: row
            .try_get::<i64>("", "second_factors")
            .map_err(to_domain)?
            > 0,
    })
}

/// A pattern of `LIKE` for what contains the text; `\` is the escape.
fn containing(text: &str) -> String {
    let mut pattern = "%".to_owned();
    for character in text.chars() {
        if matches!(character, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern.push('%');
    pattern
}

/// PostgreSQL stores no null and would complain about one.
fn storable(text: &str) -> String {
    text.trim().replace('\0', "").to_lowercase()
}

impl AccountStore {
    /// The account with this address or handle.
    pub(super) async fn named(&self, who: &str) -> Result<account::Model> {
        let who = storable(who);
        account::Entity::find()
            .filter(
                Condition::any()
                    .add(account::Column::EmailKey.eq(who.as_str()))
                    .add(account::Column::Handle.eq(who.as_str())),
            )
            .one(self.database.readers())
            .await
            .map_err(to_domain)?
            .ok_or(Error::NotFound)
    }

    pub(super) async fn record(&self, who: &str) -> Result<AccountRecord> {
        let sql = sql(self.database.kind()) + "WHERE account.email_key = $1 OR account.handle = $1";
        let row = self
            .database
            .query_one(&sql, vec![storable(who).into()])
            .await
            .map_err(to_domain)?
            .ok_or(Error::NotFound)?;
        read(&row, self.database.now())
    }

    pub(super) async fn records(
        &self,
        words: &str,
        people: People,
        after: Option<&str>,
    ) -> Result<AccountList> {
        let mut values: Vec<Value> = Vec::new();
        let mut conditions = vec![match people {
            People::All => "1 = 1".to_owned(),
            // Where there is no end, nothing says whether it is before now.
            People::Suspended => format!("NOT coalesce({IN_GOOD_STANDING}, FALSE)"),
            People::WithRoles => {
                "EXISTS (SELECT 1 FROM account_role r WHERE r.account_id = account.id)".to_owned()
            }
        }];
        let words = storable(words);
        if !words.is_empty() {
            let folded = fold(&words);
            values.push(containing(&words).into());
            values.push(words.into());
            let mut any = "account.email_key LIKE $1 ESCAPE '\\' OR account.handle = $2".to_owned();
            // Signs alone fold to nothing, which every name contains.
            if !folded.is_empty() {
                values.push(containing(&folded).into());
                any.push_str(" OR account.name_key LIKE $3 ESCAPE '\\'");
            }
            conditions.push(format!("({any})"));
        }
        if let Some(after) = after {
            values.push(storable(after).into());
            conditions.push(format!(
                "(account.created_at, account.handle) < \
                 (SELECT a.created_at, a.handle FROM account a WHERE a.handle = ${})",
                values.len()
            ));
        }
        let sql = format!(
            "{}WHERE {} ORDER BY account.created_at DESC, account.handle DESC LIMIT {}",
            sql(self.database.kind()),
            conditions.join(" AND "),
            PAGE + 1
        );
        let rows = self.database.query(&sql, values).await.map_err(to_domain)?;
        let now = self.database.now();
        let mut accounts = rows
            .iter()
            .map(|row| read(row, now))
            .collect::<Result<Vec<_>>>()?;
        let more = accounts.len() > PAGE;
        accounts.truncate(PAGE);
        Ok(AccountList {
            next: accounts
                .last()
                .filter(|_| more)
                .map(|last| last.handle.clone()),
            accounts,
        })
    }

    pub(super) async fn moderation_records(&self, handle: &str) -> Result<Vec<ModerationRecord>> {
        let sql = format!(
            "SELECT done.kind, done.role, done.reason, done.created_at, done.until_at, \
             taker.display_name AS taker FROM moderation_action done \
             JOIN account ON account.id = done.account_id \
             LEFT JOIN account taker ON taker.id = done.actor_id \
             WHERE account.handle = $1 \
             ORDER BY done.created_at DESC, done.id DESC LIMIT {MOST_ACTIONS}"
        );
        let rows = self
            .database
            .query(&sql, vec![storable(handle).into()])
            .await
            .map_err(to_domain)?;
        rows.iter()
            .map(|row| {
                let role: Option<String> = row.try_get("", "role")?;
                Ok(ModerationRecord {
                    kind: row.try_get("", "kind")?,
                    role: role.as_deref().and_then(Role::from_name),
                    reason: row.try_get("", "reason")?,
                    by: row.try_get("", "taker")?,
                    taken: Timestamp(row.try_get("", "created_at")?),
                    until: row.try_get::<Option<i64>>("", "until_at")?.map(Timestamp),
                })
            })
            .collect::<std::result::Result<_, sea_orm::DbErr>>()
            .map_err(to_domain)
    }
}
