//! Which notifications a person also gets by email, and how they end that.

use std::time::Duration;

use domain::{
    Error, Result,
    account::{Actor, Token},
    community::{MailChoices, MailFrequency, MailGroup, NotificationKind},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Set, sea_query::OnConflict};
use uuid::Uuid;

use crate::{
    community::{
        CommunityStore,
        entity::{notification_mail, unsubscribe_link},
    },
    error::to_domain,
    token::{self, micros},
    write::Write,
};

/// A letter that goes at once waits this long for what comes shortly after.
pub(super) const BURST: Duration = Duration::from_secs(30);

/// The link in a letter that ends such letters works for so long.
pub(super) const LINK_KEPT: Duration = Duration::from_hours(365 * 24);

const DAY: Duration = Duration::from_hours(24);

/// When a letter is due about a notification of this kind to the person in the row `account`, as SQL: at
/// `$2`, a little later, or never. What comes once a day comes at the time of day at which they joined.
pub(super) fn mail_at(kind: NotificationKind) -> String {
    let group = MailGroup::of(kind);
    format!(
        "CASE coalesce((SELECT s.{} FROM notification_mail s WHERE s.account_id = account.id), '{}') \
         WHEN '{}' THEN $2 + {} \
         WHEN '{}' THEN $2 - ($2 - account.created_at) % {day} + {day} END",
        group.as_str(),
        MailChoices::DEFAULT.of(group).as_str(),
        MailFrequency::AtOnce.as_str(),
        micros(BURST),
        MailFrequency::Daily.as_str(),
        day = micros(DAY),
    )
}

impl From<&notification_mail::Model> for MailChoices {
    fn from(row: &notification_mail::Model) -> Self {
        Self {
            replies: MailFrequency::from_name(&row.replies),
            mentions: MailFrequency::from_name(&row.mentions),
            topics: MailFrequency::from_name(&row.topics),
            communities: MailFrequency::from_name(&row.communities),
        }
    }
}

/// Chooses for a person.
async fn put(write: &Write<'_>, account: Uuid, choices: MailChoices) -> Result<()> {
    use notification_mail::{ActiveModel, Column, Entity};
    let name = |group| Set(choices.of(group).as_str().to_owned());
    let row = ActiveModel {
        account_id: Set(account),
        replies: name(MailGroup::Replies),
        mentions: name(MailGroup::Mentions),
        topics: name(MailGroup::Topics),
        communities: name(MailGroup::Communities),
        sent_at: Set(0),
    };
    Entity::insert(row)
        .on_conflict(
            OnConflict::column(Column::AccountId)
                .update_columns([
                    Column::Replies,
                    Column::Mentions,
                    Column::Topics,
                    Column::Communities,
                ])
                .to_owned(),
        )
        .exec_without_returning(write.on())
        .await
        .map(|_| ())
        .map_err(to_domain)
}

impl CommunityStore {
    pub(super) async fn chosen(&self, account: Uuid) -> Result<MailChoices> {
        let row = notification_mail::Entity::find_by_id(account)
            .one(self.database.readers())
            .await
            .map_err(to_domain)?;
        Ok(row.as_ref().map_or(MailChoices::DEFAULT, Into::into))
    }

    pub(super) async fn choose(
        &self,
        actor: Actor,
        account: Uuid,
        choices: MailChoices,
    ) -> Result<()> {
        let write = Write::begin(&self.database, actor).await?;
        put(&write, account, choices).await?;
        // What waits to be sent comes when they want it from now on.
        for kind in NotificationKind::ALL {
            let sql = format!(
                "UPDATE notification SET mail_at = \
                 (SELECT {} FROM account WHERE account.id = notification.account_id) \
                 WHERE account_id = $1 AND kind = '{}' AND mail_at IS NOT NULL",
                mail_at(kind),
                kind.as_str()
            );
            let values = vec![account.into(), self.database.now().0.into()];
            self.execute(&write, &sql, values).await?;
        }
        write.commit().await
    }

    /// Who got the letter with this token.
    pub(super) async fn recipient(&self, token: &Token) -> Result<Uuid> {
        use unsubscribe_link::{Column, Entity};
        let oldest = self.database.now().0 - micros(LINK_KEPT);
        let row = Entity::find_by_id(token::hash(token))
            .filter(Column::CreatedAt.gt(oldest))
            .one(self.database.readers())
            .await
            .map_err(to_domain)?;
        row.map(|row| row.account_id).ok_or(Error::NotFound)
    }

    pub(super) async fn end_mail(&self, actor: Actor, account: Uuid) -> Result<()> {
        let write = Write::begin(&self.database, actor).await?;
        put(&write, account, MailChoices::NONE).await?;
        let sql = "UPDATE notification SET mail_at = NULL \
             WHERE account_id = $1 AND mail_at IS NOT NULL";
        self.execute(&write, sql, vec![account.into()]).await?;
        write.commit().await
    }
}
