//! Secrets of second factors under another key of the site.

use domain::Result;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{
    entity::{second_factor, session},
    second_factor::{place, place_begun},
};
use crate::{
    Database, MasterKey,
    encryption::SiteKey,
    error::to_domain,
    rotation::{BATCH, Resealed},
};

/// The secrets of the accounts behind one of them, sealed anew.
pub(crate) async fn resealed(
    database: &Database,
    master: &MasterKey,
    next: &SiteKey,
    after: Uuid,
) -> Result<Resealed<Uuid>> {
    let rows = second_factor::Entity::find()
        .filter(second_factor::Column::AccountId.gt(after))
        .order_by_asc(second_factor::Column::AccountId)
        .limit(BATCH)
        .all(database.readers())
        .await
        .map_err(to_domain)?;
    let mut resealed = Resealed::default();
    for row in rows {
        let place = match row.set_up_at {
            Some(_) => Some(place(row.account_id)),
            None => begun_at(database, master, &row).await?,
        };
        resealed.last = Some(row.account_id);
        // What was begun in a session that has ended opens for nobody, and is swept within the hour.
        let Some(place) = place else { continue };
        if let Some(anew) = resealed.seal((master, next), (&place, &place), &row.secret)? {
            let row = vec![row.account_id.into(), row.secret.into(), anew.into()];
            resealed.rows.push(row);
        }
    }
    Ok(resealed)
}

/// The place of a secret that waits for its first code, if its session is there.
async fn begun_at(
    database: &Database,
    master: &MasterKey,
    row: &second_factor::Model,
) -> Result<Option<String>> {
    let sessions = session::Entity::find()
        .filter(session::Column::AccountId.eq(row.account_id))
        .all(database.readers())
        .await
        .map_err(to_domain)?;
    let mut places = sessions
        .iter()
        .map(|session| place_begun(row.account_id, session.id));
    Ok(places.find(|place| master.unseal(place, &row.secret).is_some()))
}
