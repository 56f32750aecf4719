//! The lists of searches on a whole catalogue.

use domain::{
    account::Actor,
    catalogue::{Catalogue, Silent},
};
use server::import::{
    MaxSize, Selection, SourceOverride, display_names, everyday_names, read_conditions,
};

use crate::{Site, searches, test_data};

#[tokio::test]
async fn what_people_type_finds_what_they_mean_in_mondo() {
    let Some(file) = test_data::file("conditions/mondo-do-rare.obo.gz") else {
        return;
    };
    let selection = Selection::default();
    let given = SourceOverride::default();
    let names = display_names().unwrap();
    let mut import = read_conditions(
        &file,
        &selection,
        names,
        &given,
        MaxSize::default(),
        |_, _| {},
    )
    .unwrap();
    import.everyday_names = everyday_names().unwrap();
    let site = Site::open().await;
    let catalogue = site.storage.catalogue();
    catalogue
        .import(Actor::Operator, import, &Silent)
        .await
        .unwrap();
    searches::are_answered(&site, "Mondo", 300).await;
}
