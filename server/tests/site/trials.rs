//! Clinical trials, as pages show them.

use axum::http::StatusCode;
use domain::{account::Actor, catalogue::Silent, trials::Trials};
use server::import::{MaxSize, read_trials};

use crate::{Site, test_data};

const CONDITION: &str = "/communities/multiple-myeloma";
const LIST: &str = "/communities/multiple-myeloma/trials";

impl Site {
    /// Reads a file of studies in.
    pub(crate) async fn read_trials(&self, json: &str) {
        let file = self.folder.path().join("studies.json");
        std::fs::write(&file, json).unwrap();
        self.read_file_of_trials(&file).await;
    }

    async fn read_file_of_trials(&self, file: &std::path::Path) {
        let mut import = domain::trials::TrialsImport::default();
        read_trials(&mut import, file, MaxSize::default(), |_, _| {}).unwrap();
        assert_eq!(import.refused, []);
        let trials = self.storage.trials();
        trials
            .import(Actor::Operator, import, &Silent)
            .await
            .unwrap();
    }
}

/// A study about multiple myeloma.
pub(crate) fn study(number: u32, title: &str, status: &str, country: &str, more: &str) -> String {
    format!(
        "{{\"protocolSection\":{{\"identificationModule\":{{\"nctId\":\"NCT{number:08}\",\
         \"briefTitle\":\"{title}\"}},\"statusModule\":{{\"overallStatus\":\"{status}\",\
         \"lastUpdatePostDateStruct\":{{\"date\":\"2025-05\"}}}},\
         \"conditionsModule\":{{\"conditions\":[\"Multiple Myeloma\"]}},\
         \"contactsLocationsModule\":{{\"locations\":[{{\"country\":\"{country}\"}}]}}{more}}}}}"
    )
}

pub(crate) fn page(studies: &[String]) -> String {
    format!("{{\"studies\":[{}]}}", studies.join(","))
}

#[tokio::test]
async fn where_there_are_none_the_way_to_the_register_is_shown() {
    let site = Site::open().await;
    for path in [LIST, CONDITION] {
        let page = site.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        let page = page.markup();
        assert!(page.contains("No trials are listed here yet."), "{path}");
        let search = "href=\"https://clinicaltrials.gov/search?cond=Multiple+myeloma\"";
        assert!(page.contains(search), "{path}");
    }
    let condition = site.get(CONDITION).await.text();
    assert!(condition.contains("href=\"#trials\""));
    assert!(condition.contains(&format!("href=\"{LIST}\"")));
    let list = site.get(LIST).await.text();
    assert!(
        list.contains("noindex") && !list.contains("<select"),
        "{list}"
    );
    assert!(!site.get("/sitemap.xml").await.text().contains("trials"));
}

#[tokio::test]
async fn the_next_visitor_reads_what_was_read_in() {
    let site = Site::open().await;
    // They are kept, without any.
    site.get(LIST).await;
    site.get(CONDITION).await;
    let more = ",\"designModule\":{\"studyType\":\"INTERVENTIONAL\",\"phases\":[\"PHASE1\",\"PHASE2\"]},\
                \"eligibilityModule\":{\"sex\":\"FEMALE\",\"minimumAge\":\"18 Years\"},\
                \"sponsorCollaboratorsModule\":{\"leadSponsor\":{\"name\":\"A hospital\"}}";
    site.read_trials(&page(&[
        study(1, "An ended study", "COMPLETED", "Peru", ""),
        study(2, "A study that recruits", "RECRUITING", "Japan", more),
    ]))
    .await;
    for path in [LIST, CONDITION] {
        let page = site.get(path).await.markup();
        let recruits = page.find("A study that recruits").unwrap();
        let ended = page.find("An ended study").unwrap();
        assert!(recruits < ended, "{path}");
        assert!(page.contains("href=\"https://clinicaltrials.gov/study/NCT00000002\""));
        assert!(page.contains("<time datetime=\"2025-05\">May 2025</time>"));
        for words in [
            "looking for people to take part",
            "18 years and over",
            "Japan",
        ] {
            assert!(page.contains(words), "{path}: {words}");
        }
    }
    let list = site.get(LIST).await.markup();
    for words in [
        "<dd>1 and 2</dd>",
        "<dd>Female</dd>",
        "<dd>A hospital</dd>",
        "Talk to your doctor before you join a trial",
        "<time datetime=\"2026-11-23\">23 November 2026</time>",
        "search ClinicalTrials.gov for Multiple myeloma",
        "rel=\"canonical\" href=\"https://rareshare.example/communities/multiple-myeloma/trials\"",
    ] {
        assert!(list.contains(words), "{words}");
    }
    assert!(!list.contains("noindex"));
    let sources = site.get("/sources").await.text();
    assert!(sources.contains("ClinicalTrials.gov"));
    let index = site.get("/sitemap.xml").await.text();
    assert!(index.contains("/sitemaps/trials-1.xml</loc><lastmod>2026-11-23"));
    let part = site.get("/sitemaps/trials-1.xml").await.text();
    assert!(
        part.contains(&format!("<loc>https://rareshare.example{LIST}</loc>")),
        "{part}"
    );
    assert_eq!(part.matches("<url>").count(), 1);
    for none in [
        "/sitemaps/trials-2.xml",
        "/sitemaps/trials-0.xml",
        "/sitemaps/other-1.xml",
    ] {
        assert_eq!(site.get(none).await.status, StatusCode::NOT_FOUND, "{none}");
    }
}

#[tokio::test]
async fn filters_work_by_their_addresses() {
    let site = Site::open().await;
    let child = ",\"eligibilityModule\":{\"maximumAge\":\"12 Years\"}";
    site.read_trials(&page(&[
        study(1, "One", "RECRUITING", "South Korea", child),
        study(2, "Two", "COMPLETED", "Côte d'Ivoire", ""),
    ]))
    .await;
    let titles = |text: &str| (text.contains(">One<"), text.contains(">Two<"));
    for (query, expected) in [
        ("", (true, true)),
        ("?status=open", (true, false)),
        ("?status=ended", (false, true)),
        ("?country=South+Korea", (true, false)),
        ("?country=C%C3%B4te+d%27Ivoire", (false, true)),
        ("?age=child", (true, true)),
        ("?age=older-adult", (false, true)),
        ("?status=open&country=South+Korea&age=child", (true, false)),
        ("?status=planned", (false, false)),
        ("?country=Nowhere", (false, false)),
    ] {
        // The second may come from the cache.
        for _ in 0..2 {
            let answer = site.get(&format!("{LIST}{query}")).await;
            assert_eq!(answer.status, StatusCode::OK, "{query}");
            let text = answer.markup();
            assert_eq!(titles(&text), expected, "{query}");
            let none = text.contains("No trials fit these filters.");
            assert_eq!(none, expected == (false, false), "{query}");
            assert_eq!(text.contains("Clear filters"), !query.is_empty(), "{query}");
            assert_eq!(text.contains("noindex"), !query.is_empty(), "{query}");
        }
    }
    // A form sends what was not chosen, too: each list has one address.
    let sent = format!("{LIST}?status=open&country=&age=");
    let answer = site.get(&sent).await;
    assert_eq!(answer.status, StatusCode::FOUND);
    assert_eq!(answer.header("location"), format!("{LIST}?status=open"));
    let none = site.get(&format!("{LIST}?status=&country=&age=")).await;
    assert_eq!(none.header("location"), LIST);
    for missing in [
        "?status=RECRUITING",
        "?age=12",
        "?after=NCT00000009",
        "?after=x",
        "?country=%00",
    ] {
        let answer = site.get(&format!("{LIST}{missing}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{missing}");
    }
    let moved = site
        .get("/communities/Multiple-Myeloma/trials?status=open")
        .await;
    assert_eq!(moved.header("location"), format!("{LIST}?status=open"));
}

#[tokio::test]
async fn long_lists_go_on() {
    let site = Site::open().await;
    let studies: Vec<String> = (1..=25)
        .map(|number| {
            study(
                number,
                &format!("Number {number}."),
                "RECRUITING",
                "Japan",
                "",
            )
        })
        .collect();
    site.read_trials(&page(&studies)).await;
    let first = site.get(&format!("{LIST}?country=Japan")).await.markup();
    assert!(first.contains("Number 25.") && !first.contains("Number 5."));
    let next = "?country=Japan&amp;after=NCT00000006";
    assert!(first.contains(&format!("href=\"{LIST}{next}\"")));
    let second = site
        .get(&format!("{LIST}{}", next.replace("&amp;", "&")))
        .await
        .markup();
    assert!(second.contains("Number 5.") && !second.contains("Number 6."));
    assert!(second.contains("First page") && !second.contains("Next page"));
}

#[tokio::test]
async fn nothing_of_a_study_is_taken_for_markup() {
    let site = Site::open().await;
    let hostile = "<script>alert(1)</script><img src=x onerror=alert(1)>&amp;\\u0007\\u202e";
    let sponsor =
        format!(",\"sponsorCollaboratorsModule\":{{\"leadSponsor\":{{\"name\":\"{hostile}\"}}}}");
    site.read_trials(&page(&[study(1, hostile, hostile, hostile, &sponsor)]))
        .await;
    for path in [LIST, CONDITION] {
        let answer = site.get(path).await;
        let text = answer.text();
        assert!(text.contains("&lt;script&gt;alert(1)"), "{path}");
        assert!(
            !text.contains("<script>alert") && !text.contains("<img src=x"),
            "{path}"
        );
        assert!(
            !text.contains('\u{7}') && !text.contains('\u{202e}'),
            "{path}"
        );
        assert!(text.contains("Status unknown"), "{path}");
    }
}

#[tokio::test]
async fn the_real_data_of_myeloma_are_about_multiple_myeloma() {
    let Some(file) = test_data::file("trials/multiple-myeloma.json") else {
        return;
    };
    let site = Site::open().await;
    site.read_file_of_trials(&file).await;
    let list = site.get(LIST).await.markup();
    for number in ["NCT00985959", "NCT02400242", "NCT00396266"] {
        assert!(list.contains(number), "{number}");
    }
    // Relapsed myeloma is told by its MeSH term.
    assert!(list.contains("NCT01775553"));
    assert!(list.contains("<dd>Japan</dd>"));
}

#[tokio::test]
async fn the_real_data_of_phelan_mcdermid_come_in_two_pages() {
    let Some(file) = test_data::file("trials/phelan-mcdermid-page1.json") else {
        return;
    };
    let site = Site::open().await;
    site.read_file_of_trials(&file).await;
    site.read_file_of_trials(&file.with_file_name("phelan-mcdermid-page2.json"))
        .await;
    let page = site
        .get("/communities/phelan-mcdermid-syndrome/trials")
        .await;
    assert_eq!(page.status, StatusCode::OK);
    let page = page.markup();
    let recruiting = page.find("NCT07281079").unwrap();
    assert!(recruiting < page.find("NCT02710084").unwrap());
    assert!(page.contains("<dd>5 to 17 years</dd>"));
    // It names a genetic disease alone.
    assert!(!page.contains("NCT07119606"));
}
