//! What people type, and what they mean: two lists, each measured as a whole.

use domain::{
    account::Actor,
    catalogue::{Catalogue, Code},
};

use crate::{Site, test_data, words::words};

const SEARCHES: &str = include_str!("../samples/searches.tsv");
const FOR_NOTHING: &str = include_str!("../samples/searches-for-nothing.txt");

/// Places in which the right answer has to be.
const FIRST: usize = 3;

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The lists as a site answers them. Searches for conditions that are not in its catalogue do not
/// count.
pub(crate) async fn are_answered(site: &Site, catalogue_name: &str, at_least: usize) {
    let catalogue = site.storage.catalogue();
    let (mut asked, mut right, mut left_out) = (0_usize, 0_usize, 0_usize);
    let mut wrong = Vec::new();
    for line in lines(SEARCHES) {
        let mut columns = line.split('\t');
        let (query, curie) = (columns.next().unwrap(), columns.next().unwrap());
        let code: Code = curie.parse().unwrap();
        let meant = catalogue.with_code(Actor::Operator, &code).await.unwrap();
        if meant.is_empty() {
            left_out += 1;
            continue;
        }
        asked += 1;
        let answer = catalogue.search(Actor::Visitor, query, 0).await.unwrap();
        let place = answer.hits.iter().position(|hit| meant.contains(&hit.slug));
        if place.is_some_and(|place| place < FIRST) {
            right += 1;
        } else {
            let got = answer.hits.iter().take(FIRST);
            let got: Vec<_> = got.map(|hit| (&hit.name, &hit.matched)).collect();
            wrong.push(format!("{query} ({}): {got:?}", meant[0]));
        }
    }
    let mut confident = Vec::new();
    for query in lines(FOR_NOTHING) {
        let answer = catalogue.search(Actor::Visitor, query, 0).await.unwrap();
        if let Some(hit) = answer.hits.first() {
            let guessed = answer.corrected || answer.partial;
            println!(
                "{query}: {} ({:?}), guessed: {guessed}",
                hit.name, hit.matched
            );
            if !guessed {
                confident.push(query);
            }
        }
    }
    let per_mille = 1_000 * right / asked.max(1);
    let score = format!(
        "search in {catalogue_name}: the right condition among the first {FIRST} for {right} of \
         {asked} queries ({}.{} %; {left_out} for conditions that it lacks are left out), a wrong \
         one for {} of {} that mean none",
        per_mille / 10,
        per_mille % 10,
        confident.len(),
        lines(FOR_NOTHING).count(),
    );
    println!("{score}\n{}", wrong.join("\n"));
    test_data::note("RARESHARE_MEASURED", &score);
    assert!(asked >= at_least, "{score}");
    assert!(per_mille >= 970, "{score}\n{}", wrong.join("\n"));
    assert!(confident.is_empty(), "{score}\n{confident:?}");
}

#[tokio::test]
async fn what_people_type_finds_what_they_mean_in_the_starter_catalogue() {
    are_answered(&Site::open().await, "the starter catalogue", 140).await;
}

#[test]
fn the_lists_are_long_and_name_each_query_once() {
    let queries: Vec<_> = lines(SEARCHES)
        .map(|line| line.split('\t').next().unwrap())
        .chain(lines(FOR_NOTHING))
        .collect();
    let mut distinct = queries.clone();
    distinct.sort_unstable();
    distinct.dedup();
    assert_eq!(distinct.len(), queries.len());
    assert!(lines(SEARCHES).count() >= 300 && lines(FOR_NOTHING).count() >= 60);
}

#[tokio::test]
async fn families_are_found_and_nobody_has_one() {
    let site = Site::open().await;
    let name = "Syndromes that affect several parts of the body";
    let path = "/conditions/families/syndromes-that-affect-several-parts-of-the-body";
    let page = site
        .get(&format!("/search?q={}", crate::percent(name)))
        .await;
    let text = page.markup();
    assert!(
        text.contains(&format!("<a href=\"{path}\">{name}</a>")),
        "{text}"
    );
    assert!(text.contains("Family of conditions"), "{text}");
    let suggested = site.get("/api/search/suggest?q=syndromes+that+aff").await;
    let suggested: serde_json::Value = serde_json::from_slice(&suggested.body).unwrap();
    assert_eq!(suggested[0]["name"], name);
    assert_eq!(suggested[0]["is_family"], true);
    // Its address as a community leads there.
    let community = path.replace("/conditions/families/", "/communities/");
    assert_eq!(site.get(&community).await.header("location"), path);
    let catalogue = site.storage.catalogue();
    let named = catalogue.named(Actor::Visitor, "condition", name).await;
    assert!(
        matches!(named, Err(domain::Error::Invalid { .. })),
        "{named:?}"
    );
}

#[tokio::test]
async fn a_code_of_one_condition_leads_to_its_page() {
    let site = Site::open().await;
    for query in ["ORPHA%3A29073", "orpha+29073", "MONDO_0009693", "254500"] {
        let answer = site.get(&format!("/search?q={query}")).await;
        assert_eq!(answer.status.as_u16(), 302, "{query}");
        assert_eq!(
            answer.header("location"),
            "/communities/multiple-myeloma",
            "{query}"
        );
    }
    // Not one condition's code, or no code at all.
    for query in ["G12", "multiple+myeloma", "ORPHA%3A1", "29"] {
        let answer = site.get(&format!("/search?q={query}")).await;
        assert_eq!(answer.status.as_u16(), 200, "{query}");
    }
    let hits = site.get("/api/search/suggest?q=ORPHA%3A29073").await.text();
    assert!(hits.contains("\"code\"") && hits.contains("multiple-myeloma"));
}

#[tokio::test]
async fn where_nothing_is_found_the_page_says_what_to_do() {
    let site = Site::open().await;
    for query in [
        "my+child+walks+on+his+toes+and+falls+a+lot",
        "%E5%A4%9A%E5%8F%91%E6%80%A7%E9%AA%A8%E9%AB%93%E7%98%A4",
        "MGUS",
        "covid",
    ] {
        let page = site.get(&format!("/search?q={query}")).await;
        let text = words(&page.text());
        assert!(text.contains("No results for"), "{text}");
        assert!(text.contains("not symptoms"), "{text}");
        assert!(text.contains("all conditions from A to Z"), "{text}");
        assert!(!page.text().contains("class=\"results\""), "{query}");
        let suggested = site.get(&format!("/api/search/suggest?q={query}")).await;
        assert_eq!(suggested.text(), "[]", "{query}");
    }
}

#[tokio::test]
async fn an_address_as_people_write_it_leads_to_the_condition() {
    let site = Site::open().await;
    for rest in ["", "/history", "/sections/cause/history"] {
        for written in [
            "Multiple-Myeloma",
            "multiple_myeloma",
            "multiple%20myeloma",
            "multiple-myeloma.",
            "MULTIPLE%20MYELOMA",
        ] {
            let answer = site.get(&format!("/communities/{written}{rest}")).await;
            assert_eq!(answer.status.as_u16(), 301, "{written}{rest}");
            assert_eq!(
                answer.header("location"),
                format!("/communities/multiple-myeloma{rest}"),
                "{written}{rest}"
            );
        }
    }
    for written in [
        "Multiple-Myelomas-of-nobody",
        "%2Fexample.org",
        "%5Cexample.org",
        "..%2Fabout",
        "%00",
        "https%3A%2F%2Fexample.org",
    ] {
        let answer = site.get(&format!("/communities/{written}")).await;
        assert_eq!(answer.status.as_u16(), 404, "{written}");
        assert_eq!(answer.header("location"), "", "{written}");
    }
    // That is the list of communities, as browsers write it themselves.
    let list = site.get("/communities/.").await.text();
    assert!(
        list.contains("<link rel=\"canonical\" href=\"https://rareshare.example/communities\"")
    );
}
