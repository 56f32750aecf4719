//! Which condition is at an address, without the rest of its page.

use domain::{
    Error, Result,
    catalogue::{ConditionLink, Resolved},
    text::{fold, is_slug},
    time::Timestamp,
};
use uuid::Uuid;

use crate::{Database, error::to_domain};

/// A condition by its present address.
pub(crate) struct Present {
    pub(crate) id: Uuid,
    pub(crate) link: ConditionLink,
    /// When the catalogue got it.
    pub(crate) since: Timestamp,
}

/// The address that a person means who writes it with capitals, blanks, underscores or a full stop.
pub(super) fn as_slug(written: &str) -> Option<String> {
    let slug = fold(written).replace(' ', "-");
    is_slug(&slug).then_some(slug)
}

/// The condition at an address, present or former, or written as no address is.
pub(crate) async fn at(database: &Database, slug: &str) -> Result<Resolved<Present>> {
    if is_slug(slug) {
        return found(database, slug).await;
    }
    let slug = as_slug(slug).ok_or(Error::NotFound)?;
    Ok(match found(database, &slug).await? {
        Resolved::Here(present) => Resolved::Moved {
            slug: present.link.slug,
        },
        moved @ Resolved::Moved { .. } => moved,
    })
}

async fn found(database: &Database, slug: &str) -> Result<Resolved<Present>> {
    let row = database
        .query_one(
            "SELECT c.id, c.slug, c.name, c.created_at, m.slug AS merged_slug FROM condition_slug a \
             JOIN condition c ON c.id = a.condition_id \
             LEFT JOIN condition m ON m.id = c.merged_into \
             WHERE a.rank = 'condition' AND a.slug = $1",
            vec![slug.into()],
        )
        .await
        .map_err(to_domain)?
        .ok_or(Error::NotFound)?;
    let merged: Option<String> = row.try_get("", "merged_slug").map_err(to_domain)?;
    let link = ConditionLink {
        slug: row.try_get("", "slug").map_err(to_domain)?,
        name: row.try_get("", "name").map_err(to_domain)?,
    };
    if let Some(slug) = merged.or((link.slug != slug).then(|| link.slug.clone())) {
        return Ok(Resolved::Moved { slug });
    }
    Ok(Resolved::Here(Present {
        id: row.try_get("", "id").map_err(to_domain)?,
        link,
        since: Timestamp(row.try_get("", "created_at").map_err(to_domain)?),
    }))
}

/// The condition whose present address it is.
pub(crate) async fn present(database: &Database, slug: &str) -> Result<Present> {
    match at(database, slug).await? {
        Resolved::Here(present) => Ok(present),
        Resolved::Moved { .. } => Err(Error::NotFound),
    }
}
