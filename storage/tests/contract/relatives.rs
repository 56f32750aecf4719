//! Which conditions a page names as related.

use crate::{
    bed::{Bed, names},
    release::{group, mondo, obsolete, term},
};

contract! {
    neighbours_are_closest_in_the_tree,
    what_is_above_or_below_is_no_neighbour,
    the_members_of_a_very_large_group_are_not_related,
    neighbours_of_a_small_family_are_found_one_step_up,
    groups_of_etiology_are_not_shown,
}

async fn neighbours_are_closest_in_the_tree(bed: Bed) {
    let large = (10..40)
        .map(|number| term(&format!("MONDO:{number}"), &format!("a {number}")).under("MONDO:100"));
    bed.import(mondo(
        large.chain([
            group("MONDO:100", "large"),
            group("MONDO:200", "small"),
            term("MONDO:5", "middle")
                .under("MONDO:100")
                .under("MONDO:200"),
            term("MONDO:6", "z far").under("MONDO:200"),
            term("MONDO:7", "y both")
                .under("MONDO:100")
                .under("MONDO:200"),
        ]),
    ))
    .await;
    let neighbours = bed.condition("middle").await.neighbours;
    // Both groups, then the small one, then the nearest of the large one.
    assert_eq!(
        names(&neighbours),
        ["Y both", "Z far", "A 39", "A 38", "A 37", "A 36"]
    );
}

async fn what_is_above_or_below_is_no_neighbour(bed: Bed) {
    bed.import(mondo([
        group("MONDO:100", "family"),
        term("MONDO:5", "disease").under("MONDO:100"),
        term("MONDO:6", "disease type 1")
            .under("MONDO:5")
            .under("MONDO:100"),
        term("MONDO:7", "disease type 2").under("MONDO:5"),
        term("MONDO:8", "other").under("MONDO:100"),
    ]))
    .await;
    let disease = bed.condition("disease").await;
    assert_eq!(names(&disease.neighbours), ["Other"]);
    assert_eq!(
        names(&disease.children),
        ["Disease type 1", "Disease type 2"]
    );
    let child = bed.condition("disease-type-1").await;
    assert_eq!(names(&child.neighbours), ["Disease type 2", "Other"]);
}

async fn neighbours_of_a_small_family_are_found_one_step_up(bed: Bed) {
    let release = || {
        vec![
            group("MONDO:100", "top"),
            group("MONDO:110", "left").under("MONDO:100"),
            group("MONDO:120", "right").under("MONDO:100"),
            term("MONDO:5", "alone").under("MONDO:110"),
            term("MONDO:6", "cousin").under("MONDO:120"),
            term("MONDO:7", "uncle").under("MONDO:100"),
        ]
    };
    bed.import(mondo(release())).await;
    let neighbours = bed.condition("alone").await.neighbours;
    assert_eq!(names(&neighbours), ["Cousin", "Uncle"]);
    // Those that come later are found, too, although nothing else has changed here.
    let brother = term("MONDO:8", "brother").under("MONDO:110");
    bed.import(mondo(release().into_iter().chain([brother])))
        .await;
    let neighbours = bed.condition("alone").await.neighbours;
    assert_eq!(names(&neighbours), ["Brother", "Cousin", "Uncle"]);
    bed.import(mondo([
        obsolete("MONDO:8", "brother").replaced_by("MONDO:7")
    ]))
    .await;
    let neighbours = bed.condition("alone").await.neighbours;
    assert_eq!(names(&neighbours), ["Cousin", "Uncle"]);
}

async fn groups_of_etiology_are_not_shown(bed: Bed) {
    bed.import(mondo([
        group("MONDO:7770008", "disease by etiologic mechanism"),
        group("MONDO:0003847", "hereditary disease").under("MONDO:7770008"),
        group("MONDO:200", "ataxia"),
        term("MONDO:5", "first")
            .under("MONDO:0003847")
            .under("MONDO:200"),
        term("MONDO:6", "second").under("MONDO:0003847"),
        term("MONDO:7", "third").under("MONDO:200"),
    ]))
    .await;
    let first = bed.condition("first").await;
    assert_eq!(first.families.len(), 1);
    assert_eq!(first.families[0].name, "Ataxia");
    assert_eq!(first.family.unwrap().slug, "ataxia");
    assert_eq!(names(&first.neighbours), ["Third"]);
    let second = bed.condition("second").await;
    assert!(second.families.is_empty() && second.neighbours.is_empty());
    assert_eq!(second.family, None);
    // They have their own pages.
    let hereditary = bed.family("hereditary-disease").await;
    assert_eq!(names(&hereditary.list.conditions), ["First", "Second"]);
}

async fn the_members_of_a_very_large_group_are_not_related(bed: Bed) {
    let members = (1..=201).map(|number| {
        term(&format!("MONDO:{}", 5_000 + number), &format!("a {number}")).under("MONDO:1000")
    });
    let others = [
        group("MONDO:1000", "syndromic disease"),
        group("MONDO:2000", "ataxia"),
        term("MONDO:3000", "first")
            .under("MONDO:1000")
            .under("MONDO:2000"),
        term("MONDO:4000", "second").under("MONDO:2000"),
    ];
    bed.import(mondo(members.chain(others))).await;
    assert_eq!(names(&bed.condition("first").await.neighbours), ["Second"]);
    assert!(bed.condition("a-7").await.neighbours.is_empty());
}
