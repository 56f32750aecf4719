//! What people set about themselves.

use domain::{
    Error, Result,
    account::{Actor, Member, display_name},
    event::EventKind,
    policy::{Audience, Quota},
    profile::{ProfileDraft, check_about},
    text::fold,
};
use sea_orm::{ActiveModelTrait, EntityTrait, Set, sea_query::OnConflict};
use uuid::Uuid;

use super::{
    ProfileStore,
    entity::{picture, profile},
    thumbnail,
};
use crate::{
    account::entity::account,
    community,
    error::{internal, to_domain},
    quota, token,
    wiki::markdown,
    write::Write,
};

/// The profile with which every account begins: the name for members, everything else for nobody.
pub(crate) async fn begin(write: &Write<'_>, account: Uuid) -> Result<()> {
    let nobody = Audience::OnlyMe.as_str().to_owned();
    let row = profile::ActiveModel {
        account_id: Set(account),
        name_audience: Set(Audience::Members.as_str().to_owned()),
        about: Set(String::new()),
        about_html: Set(String::new()),
        about_audience: Set(nobody.clone()),
        picture_audience: Set(nobody.clone()),
        listed_audience: Set(nobody),
        for_search_engines: Set(false),
    };
    profile::Entity::insert(row)
        .exec_without_returning(write.on())
        .await
        .map(|_| ())
        .map_err(to_domain)
}

impl ProfileStore {
    pub(super) async fn save(
        &self,
        actor: Actor,
        member: Member,
        draft: ProfileDraft,
    ) -> Result<()> {
        let name = display_name("name", &draft.name);
        let about = check_about("about", &draft.about);
        let (name, about) = match (name, about) {
            (Ok(name), Ok(about)) => (name, about),
            (name, about) => {
                let mut wrong = Vec::new();
                for error in [name.err(), about.err()].into_iter().flatten() {
                    match error {
                        Error::Invalid { fields } => wrong.extend(fields),
                        other => return Err(other),
                    }
                }
                return Err(Error::Invalid { fields: wrong });
            }
        };
        let html = if about.is_empty() {
            String::new()
        } else {
            markdown::render(&about, &[], "about").trim().to_owned()
        };
        let id = member.account.0;
        let write = Write::begin(&self.database, actor).await?;
        quota::spend(&write, &self.database, actor, Quota::ProfileChanges).await?;
        let old = self.whole(member).await?;
        if old.name != name {
            let key = fold(&name);
            community::rename(write.on(), id, &key).await?;
            let row = account::ActiveModel {
                id: Set(id),
                name_key: Set(key),
                display_name: Set(name),
                updated_at: Set(self.database.now().0),
                ..Default::default()
            };
            row.update(write.on()).await.map_err(to_domain)?;
            write
                .record(EventKind::AccountRenamed, Some(id), None)
                .await?;
        }
        let row = profile::ActiveModel {
            account_id: Set(id),
            name_audience: Set(draft.name_audience.as_str().to_owned()),
            about: Set(about),
            about_html: Set(html),
            about_audience: Set(draft.about_audience.as_str().to_owned()),
            listed_audience: Set(draft.listed_audience.as_str().to_owned()),
            for_search_engines: Set(draft.for_search_engines),
            ..Default::default()
        };
        row.update(write.on()).await.map_err(to_domain)?;
        community::note_public(write.on(), &self.database, id).await?;
        write
            .record(EventKind::ProfileChanged, Some(id), None)
            .await?;
        write.commit().await
    }

    pub(super) async fn keep_picture(
        &self,
        actor: Actor,
        member: Member,
        file: Vec<u8>,
        audience: Audience,
    ) -> Result<()> {
        // Before the work, which a file that cannot be read makes as well.
        let write = Write::begin(&self.database, actor).await?;
        quota::spend(&write, &self.database, actor, Quota::Uploads).await?;
        write.commit().await?;
        let jpeg = {
            let _alone = self
                .darkroom
                .acquire()
                .await
                .map_err(|error| internal(&error))?;
            tokio::task::spawn_blocking(move || thumbnail::square(&file))
                .await
                .map_err(|error| internal(&error))??
        };
        let id = member.account.0;
        let write = Write::begin(&self.database, actor).await?;
        let row = picture::ActiveModel {
            account_id: Set(id),
            version: Set(token::public_id()?),
            jpeg: Set(jpeg),
            created_at: Set(self.database.now().0),
        };
        picture::Entity::insert(row)
            .on_conflict(
                OnConflict::column(picture::Column::AccountId)
                    .update_columns([
                        picture::Column::Version,
                        picture::Column::Jpeg,
                        picture::Column::CreatedAt,
                    ])
                    .to_owned(),
            )
            .exec_without_returning(write.on())
            .await
            .map_err(to_domain)?;
        self.end_picture(write, member, audience).await
    }

    pub(super) async fn set_picture_audience(
        &self,
        actor: Actor,
        member: Member,
        audience: Audience,
    ) -> Result<()> {
        let write = Write::begin(&self.database, actor).await?;
        quota::spend(&write, &self.database, actor, Quota::ProfileChanges).await?;
        self.end_picture(write, member, audience).await
    }

    async fn end_picture(
        &self,
        write: Write<'_>,
        member: Member,
        audience: Audience,
    ) -> Result<()> {
        let row = profile::ActiveModel {
            account_id: Set(member.account.0),
            picture_audience: Set(audience.as_str().to_owned()),
            ..Default::default()
        };
        row.update(write.on()).await.map_err(to_domain)?;
        write
            .record(EventKind::PictureChanged, Some(member.account.0), None)
            .await?;
        write.commit().await
    }

    pub(super) async fn drop_picture(&self, actor: Actor, member: Member) -> Result<()> {
        let old = self.whole(member).await?;
        if old.picture.is_none() {
            return Ok(());
        }
        let write = Write::begin(&self.database, actor).await?;
        quota::spend(&write, &self.database, actor, Quota::ProfileChanges).await?;
        picture::Entity::delete_by_id(member.account.0)
            .exec(write.on())
            .await
            .map_err(to_domain)?;
        write
            .record(EventKind::PictureChanged, Some(member.account.0), None)
            .await?;
        write.commit().await
    }
}
