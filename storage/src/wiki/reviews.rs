//! Reviews by experts, and sections that not everybody changes.

use std::{fmt::Write as _, time::Duration};

use domain::{
    Error, Result,
    account::Actor,
    catalogue::ConditionLink,
    event::EventKind,
    policy::{Protection, Scope},
    time::Timestamp,
    wiki::{DueReview, DueReviewList, Review, SectionKind, check_reason},
};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, Set};
use uuid::Uuid;

use super::{
    WikiStore,
    entity::{review, revision, section},
    history::{author, author_columns},
    revise,
};
use crate::{
    account::trust,
    changes,
    error::{internal, to_domain},
    profile, token,
    write::Write,
};

/// Years for which a review is good.
const GOOD_FOR: u8 = 2;
const DAY: Duration = Duration::from_hours(24);
/// Sections on one page of the overdue.
const PAGE: usize = 50;

impl WikiStore {
    pub(super) async fn set_protection(
        &self,
        actor: Actor,
        slug: &str,
        kind: SectionKind,
        protection: Option<(Protection, u16)>,
        reason: &str,
    ) -> Result<()> {
        let reason = check_reason("reason", reason, "Say why, in one line. Everybody sees it.")?;
        let condition = self.present(slug).await?;
        let now = self.database.now().0;
        let (protection, ends, event) = match protection {
            None => (None, None, EventKind::SectionUnprotected),
            Some((_, days)) if !(1..=366).contains(&days) => {
                return Err(Error::invalid("days", "Choose from 1 to 366 days."));
            }
            Some((protection, days)) => (
                Some(protection.as_str().to_owned()),
                Some(now + token::micros(DAY * u32::from(days))),
                EventKind::SectionProtected,
            ),
        };
        let write = Write::begin(&self.database, actor).await?;
        let section = revise::section(write.on(), condition.id, kind).await?;
        let row = section::ActiveModel {
            id: Set(section.id),
            protection: Set(protection),
            protection_reason: Set(Some(reason)),
            protection_ends_at: Set(ends),
            ..Default::default()
        };
        row.update(write.on()).await.map_err(to_domain)?;
        write
            .record(event, Some(section.id), Some(condition.id))
            .await?;
        write.commit().await
    }

    pub(super) async fn put_review(
        &self,
        actor: Actor,
        slug: &str,
        number: i64,
        interests: &str,
    ) -> Result<()> {
        let member = actor.member().ok_or(Error::Unauthenticated)?;
        let interests = check_reason(
            "interests",
            interests,
            "Say what ties you to products or firms, or “None”.",
        )?;
        let condition = self.present(slug).await?;
        let write = Write::begin(&self.database, actor).await?;
        let (revision, section) = revision::Entity::find_by_id(number)
            .find_also_related(section::Entity)
            .one(write.on())
            .await
            .map_err(to_domain)?
            .ok_or(Error::NotFound)?;
        let section = section
            .filter(|section| section.condition_id == condition.id)
            .ok_or(Error::NotFound)?;
        if revision.author_id == Some(member.account.0) {
            return Err(Error::Forbidden {
                reason: "someone else must review your texts.".to_owned(),
            });
        }
        review::Entity::update_many()
            .col_expr(review::Column::IsLast, false.into())
            .filter(review::Column::SectionId.eq(section.id))
            .exec(write.on())
            .await
            .map_err(to_domain)?;
        let now = self.database.now().0;
        let row = review::ActiveModel {
            id: Set(Uuid::now_v7()),
            section_id: Set(section.id),
            revision_number: Set(number),
            reviewer_id: Set(Some(member.account.0)),
            interests: Set(interests),
            created_at: Set(now),
            due_at: Set(Timestamp(now).years_later(GOOD_FOR).0),
            is_last: Set(true),
        };
        review::Entity::insert(row)
            .exec_without_returning(write.on())
            .await
            .map_err(to_domain)?;
        if let Some(author) = revision.author_id {
            trust::recount(&write, &self.database, author).await?;
        }
        write
            .record(
                EventKind::SectionReviewed,
                Some(section.id),
                Some(condition.id),
            )
            .await?;
        write.commit().await
    }

    /// The list of overdue reviews is another one when the next falls due.
    async fn note_next_due(&self, now: Timestamp) -> Result<()> {
        let sql = "SELECT min(due_at) AS due FROM review WHERE is_last AND due_at >= $1";
        let row = self.database.query_one(sql, vec![now.0.into()]).await;
        if let Some(row) = row.map_err(to_domain)?
            && let Some(due) = row.try_get::<Option<i64>>("", "due").map_err(to_domain)?
        {
            changes::until(Timestamp(due + 1));
        }
        Ok(())
    }

    pub(super) async fn overdue(&self, actor: Actor, after: Option<&str>) -> Result<DueReviewList> {
        let scope = Scope::of(actor);
        let mut sql = format!(
            "SELECT v.id, v.revision_number, v.interests, v.created_at, v.due_at, s.kind, c.slug, \
             c.name, {} FROM review v JOIN section s ON s.id = v.section_id \
             JOIN condition c ON c.id = s.condition_id \
             LEFT JOIN account ON account.id = v.reviewer_id \
             LEFT JOIN profile ON profile.account_id = account.id \
             WHERE v.is_last AND v.due_at < $2 ",
            author_columns(scope)
        );
        let now = self.database.now();
        let mut values = vec![profile::parameter(scope), now.0.into()];
        // The moment when it was due, and where two were due at once, the section.
        let cursor = after.and_then(|after| {
            let (due, slug) = after.split_once('-')?;
            Some((due.parse::<i64>().ok()?, slug.replace('\0', "")))
        });
        if let Some((due, slug)) = cursor {
            values.push(due.into());
            values.push(slug.into());
            sql.push_str("AND (v.due_at, c.slug) > ($3, $4) ");
        }
        // Writing to a String cannot fail.
        let _ = write!(sql, "ORDER BY v.due_at, c.slug LIMIT {}", PAGE + 1);
        let rows = self.database.query(&sql, values).await.map_err(to_domain)?;
        self.note_next_due(now).await?;
        let mut reviews = Vec::new();
        for row in &rows {
            let read = || -> std::result::Result<_, sea_orm::DbErr> {
                Ok((
                    row.try_get::<String>("", "kind")?,
                    ConditionLink {
                        slug: row.try_get("", "slug")?,
                        name: row.try_get("", "name")?,
                    },
                    Review {
                        reviewer: author(row)?,
                        reviewed: Timestamp(row.try_get("", "created_at")?),
                        due: Timestamp(row.try_get("", "due_at")?),
                        interests: row.try_get("", "interests")?,
                        revision: row.try_get("", "revision_number")?,
                    },
                ))
            };
            let (kind, condition, review) = read().map_err(to_domain)?;
            reviews.push(DueReview {
                condition,
                kind: SectionKind::parse(&kind).ok_or_else(|| internal(&kind))?,
                review,
            });
        }
        let more = reviews.len() > PAGE;
        reviews.truncate(PAGE);
        Ok(DueReviewList {
            next: reviews
                .last()
                .filter(|_| more)
                .map(|last| format!("{}-{}", last.review.due.0, last.condition.slug)),
            reviews,
        })
    }
}
