//! The tree: families, parents, children and neighbours.

use domain::{
    Error,
    account::Actor,
    catalogue::{Catalogue, FamilyBranch, FamilyLink, Resolved},
};

use crate::{
    bed::{Bed, names, slugs},
    release::{Term, group, mondo, term},
};

contract! {
    families_and_conditions_are_kept_apart,
    a_condition_has_several_parents,
    a_parent_that_is_not_in_the_source_is_ignored,
    a_parent_that_comes_later_is_taken,
    nothing_is_its_own_parent,
    circles_do_no_harm,
    the_breadcrumb_names_the_smallest_family_with_others,
    the_breadcrumb_climbs_over_general_conditions,
    neighbours_in_one_group_are_the_nearest_in_the_alphabet,
    neighbours_of_the_same_name_are_shown,
    a_large_family_comes_in_pages,
    hollow_families_at_the_top_are_skipped,
    families_below_two_hollow_ones_appear_once,
    unknown_families_are_not_found,
    a_changed_name_moves_within_the_family,
}

fn family_names(links: &[FamilyLink]) -> Vec<&str> {
    links.iter().map(|link| link.name.as_str()).collect()
}

/// The families within one, with the number of conditions in each.
fn branches(branches: &[FamilyBranch]) -> Vec<(&str, u64)> {
    branches
        .iter()
        .map(|branch| (branch.family.name.as_str(), branch.conditions))
        .collect()
}

async fn families_and_conditions_are_kept_apart(bed: Bed) {
    bed.import(mondo([
        group("MONDO:100", "blood disease").definition("Of the blood."),
        group("MONDO:110", "clotting disease").under("MONDO:100"),
        group("MONDO:120", "anemia").under("MONDO:100"),
        term("MONDO:1", "hemophilia")
            .under("MONDO:110")
            .under("MONDO:100"),
        term("MONDO:2", "hemophilia A").under("MONDO:1"),
    ]))
    .await;
    assert!(bed.is_missing("blood-disease").await);
    assert_eq!(names(&bed.all().await), ["Hemophilia", "Hemophilia A"]);
    assert_eq!(bed.found("blood disease").await, ["Blood disease"]);
    assert!(bed.found("anemia").await.is_empty(), "nothing is in it");
    assert!(bed.with_code("MONDO:100").await.is_empty());
    let family = bed.family("blood-disease").await;
    assert_eq!(family.name, "Blood disease");
    assert_eq!(family.definition.as_deref(), Some("Of the blood."));
    assert_eq!(
        branches(&family.families),
        [("Anemia", 0), ("Clotting disease", 2)]
    );
    assert_eq!(names(&family.list.conditions), ["Hemophilia"]);
    assert_eq!((family.list.next, family.list.continued), (None, false));
    let family = bed.family("clotting-disease").await;
    assert_eq!(family_names(&family.parents), ["Blood disease"]);
    let groups = bed
        .storage
        .catalogue()
        .families(Actor::Visitor)
        .await
        .unwrap();
    assert_eq!(groups.len(), 1);
    assert_eq!(groups[0].family.slug, "blood-disease");
    assert_eq!(
        family_names(&groups[0].families),
        ["Anemia", "Clotting disease"]
    );
}

async fn a_condition_has_several_parents(bed: Bed) {
    let families =
        (100..110).map(|number| group(&format!("MONDO:{number}"), &format!("f{number}")));
    let mut child = term("MONDO:5", "child")
        .under("MONDO:2")
        .under("MONDO:1")
        .under("MONDO:2");
    for number in 100..110 {
        child = child.under(&format!("MONDO:{number}"));
    }
    bed.import(mondo(families.chain([
        term("MONDO:1", "beta"),
        term("MONDO:2", "alpha"),
        child,
    ])))
    .await;
    let child = bed.condition("child").await;
    assert_eq!(names(&child.parents), ["Alpha", "Beta"]);
    assert_eq!(child.families.len(), 10);
    assert_eq!(child.families[0].name, "F100");
    assert_eq!(names(&bed.condition("beta").await.children), ["Child"]);
}

async fn a_parent_that_is_not_in_the_source_is_ignored(bed: Bed) {
    bed.import(mondo([term("MONDO:1", "alpha").under("MONDO:404")]))
        .await;
    let condition = bed.condition("alpha").await;
    assert!(condition.parents.is_empty() && condition.families.is_empty());
    assert_eq!(condition.family, None);
}

async fn nothing_is_its_own_parent(bed: Bed) {
    bed.import(mondo([term("MONDO:1", "alpha").under("MONDO:1")]))
        .await;
    let condition = bed.condition("alpha").await;
    assert!(condition.parents.is_empty() && condition.children.is_empty());
}

async fn circles_do_no_harm(bed: Bed) {
    bed.import(mondo([
        group("MONDO:100", "first").under("MONDO:200"),
        group("MONDO:200", "second").under("MONDO:100"),
        term("MONDO:1", "alpha").under("MONDO:2"),
        term("MONDO:2", "beta").under("MONDO:1").under("MONDO:100"),
    ]))
    .await;
    assert_eq!(bed.condition("alpha").await.family.unwrap().slug, "first");
    assert_eq!(
        branches(&bed.family("first").await.families),
        [("Second", 2)]
    );
    assert!(
        bed.storage
            .catalogue()
            .families(Actor::Visitor)
            .await
            .is_ok()
    );
}

async fn the_breadcrumb_names_the_smallest_family_with_others(bed: Bed) {
    bed.import(mondo([
        group("MONDO:100", "large"),
        group("MONDO:200", "middle"),
        group("MONDO:300", "alone"),
        term("MONDO:1", "alpha")
            .under("MONDO:100")
            .under("MONDO:300")
            .under("MONDO:200"),
        term("MONDO:2", "beta").under("MONDO:200"),
        term("MONDO:3", "gamma").under("MONDO:100"),
        term("MONDO:4", "delta").under("MONDO:100"),
    ]))
    .await;
    assert_eq!(bed.condition("alpha").await.family.unwrap().slug, "middle");
    assert_eq!(bed.condition("gamma").await.family.unwrap().slug, "large");
    // A second release makes the family grow, and the choice follows although alpha is unchanged.
    bed.import(mondo([
        term("MONDO:5", "epsilon").under("MONDO:200"),
        term("MONDO:6", "zeta").under("MONDO:200"),
        term("MONDO:7", "eta").under("MONDO:300"),
    ]))
    .await;
    assert_eq!(bed.condition("alpha").await.family.unwrap().slug, "alone");
}

async fn the_breadcrumb_climbs_over_general_conditions(bed: Bed) {
    bed.import(mondo([
        group("MONDO:100", "root"),
        group("MONDO:200", "muscle disease").under("MONDO:100"),
        term("MONDO:1", "dystrophy").under("MONDO:200"),
        term("MONDO:2", "limb dystrophy").under("MONDO:1"),
        term("MONDO:3", "limb dystrophy 3").under("MONDO:2"),
        term("MONDO:4", "without a family"),
    ]))
    .await;
    let condition = bed.condition("limb-dystrophy-3").await;
    assert_eq!(condition.family.unwrap().slug, "muscle-disease");
    assert!(condition.families.is_empty());
    assert_eq!(bed.condition("without-a-family").await.family, None);
}

fn letters(range: std::ops::RangeInclusive<char>) -> Vec<Term> {
    let members = range.enumerate().map(|(index, letter)| {
        term(
            &format!("MONDO:{}", index + 1),
            &format!("{letter} disease"),
        )
        .under("MONDO:100")
    });
    std::iter::once(group("MONDO:100", "alphabet"))
        .chain(members)
        .collect()
}

async fn neighbours_in_one_group_are_the_nearest_in_the_alphabet(bed: Bed) {
    bed.import(mondo(letters('a'..='j'))).await;
    for (slug, expected) in [
        ("a-disease", "BCDEFG"),
        ("b-disease", "ACDEFG"),
        ("e-disease", "DFCGBH"),
        ("i-disease", "HJGFED"),
        ("j-disease", "IHGFED"),
    ] {
        let neighbours = bed.condition(slug).await.neighbours;
        let initials: String = neighbours.iter().map(|link| &link.name[..1]).collect();
        assert_eq!(initials, expected, "{slug}");
    }
}

async fn neighbours_of_the_same_name_are_shown(bed: Bed) {
    bed.import(mondo([
        group("MONDO:100", "twins"),
        term("MONDO:1", "twin").under("MONDO:100"),
        term("MONDO:2", "Twin").under("MONDO:100"),
        term("MONDO:3", "twin'").under("MONDO:100"),
    ]))
    .await;
    let neighbours = bed.condition("twin-2").await.neighbours;
    assert_eq!(slugs(&neighbours), ["twin", "twin-3"]);
}

async fn a_large_family_comes_in_pages(bed: Bed) {
    let members = (1..=250).map(|number| {
        // Three names for all of them: most have the same sort key.
        let name = ["same", "Same", "other"][number % 3];
        term(&format!("MONDO:{number}"), name).under("MONDO:1000")
    });
    let terms = members.chain([
        group("MONDO:1000", "large"),
        group("MONDO:1001", "another"),
        term("MONDO:2000", "elsewhere").under("MONDO:1001"),
    ]);
    bed.import(mondo(terms)).await;
    let catalogue = bed.storage.catalogue();
    let mut seen = Vec::new();
    let mut sizes = Vec::new();
    let mut after = None;
    loop {
        let family = catalogue
            .family(Actor::Visitor, "large", after.as_deref())
            .await
            .unwrap();
        let Resolved::Here(family) = family else {
            panic!("moved");
        };
        assert_eq!(family.list.continued, after.is_some());
        sizes.push(family.list.conditions.len());
        seen.extend(family.list.conditions.into_iter().map(|link| link.slug));
        after = family.list.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(sizes, [100, 100, 50]);
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 250);
    let unknown = catalogue
        .family(Actor::Visitor, "large", Some("nowhere"))
        .await;
    assert_eq!(unknown, Err(Error::NotFound));
}

async fn hollow_families_at_the_top_are_skipped(bed: Bed) {
    bed.import(mondo([
        group("MONDO:100", "disease"),
        group("MONDO:110", "human disease").under("MONDO:100"),
        group("MONDO:120", "blood disease").under("MONDO:110"),
        group("MONDO:130", "anemia").under("MONDO:120"),
        group("MONDO:140", "bone disease").under("MONDO:110"),
        term("MONDO:1", "alpha").under("MONDO:120"),
        term("MONDO:2", "beta").under("MONDO:140"),
    ]))
    .await;
    let groups = bed
        .storage
        .catalogue()
        .families(Actor::Visitor)
        .await
        .unwrap();
    let tops: Vec<&str> = groups.iter().map(|group| &*group.family.name).collect();
    assert_eq!(tops, ["Blood disease", "Bone disease"]);
    assert_eq!(family_names(&groups[0].families), ["Anemia"]);
    assert!(groups[1].families.is_empty());
}

async fn families_below_two_hollow_ones_appear_once(bed: Bed) {
    let both = |curie: &str, name: &str| group(curie, name).under("MONDO:100").under("MONDO:200");
    bed.import(mondo([
        group("MONDO:100", "first top"),
        group("MONDO:200", "second top"),
        both("MONDO:110", "same"),
        both("MONDO:120", "Same"),
        term("MONDO:1", "alpha").under("MONDO:110"),
        term("MONDO:2", "beta").under("MONDO:120"),
    ]))
    .await;
    let groups = bed
        .storage
        .catalogue()
        .families(Actor::Visitor)
        .await
        .unwrap();
    let mut tops: Vec<&str> = groups.iter().map(|group| &*group.family.slug).collect();
    tops.sort_unstable();
    assert_eq!(tops, ["same", "same-2"]);
}

async fn unknown_families_are_not_found(bed: Bed) {
    bed.import(mondo(letters('a'..='c'))).await;
    let catalogue = bed.storage.catalogue();
    for slug in ["nowhere", "a-disease", "", "Alphabet", "alphabet/", "é"] {
        let family = catalogue.family(Actor::Visitor, slug, None).await;
        assert_eq!(family, Err(Error::NotFound), "{slug}");
    }
}

async fn a_changed_name_moves_within_the_family(bed: Bed) {
    bed.import(mondo(letters('a'..='d'))).await;
    bed.import(mondo([term("MONDO:1", "e disease").under("MONDO:100")]))
        .await;
    let family = bed.family("alphabet").await;
    assert_eq!(
        names(&family.list.conditions),
        ["B disease", "C disease", "D disease", "E disease"]
    );
    let neighbours = bed.condition("a-disease").await.neighbours;
    assert_eq!(names(&neighbours), ["D disease", "C disease", "B disease"]);
}

async fn a_parent_that_comes_later_is_taken(bed: Bed) {
    let child = || {
        term("MONDO:1", "alpha")
            .under("MONDO:404")
            .under("MONDO:405")
    };
    bed.import(mondo([child()])).await;
    let report = bed
        .import(mondo([
            child(),
            group("MONDO:404", "family"),
            term("MONDO:405", "alphas"),
        ]))
        .await;
    assert_eq!((report.new, report.unchanged), (1, 1));
    let condition = bed.condition("alpha").await;
    assert_eq!(names(&condition.parents), ["Alphas"]);
    assert_eq!(condition.family.unwrap().slug, "family");
    assert_eq!(
        names(&bed.family("family").await.list.conditions),
        ["Alpha"]
    );
}
