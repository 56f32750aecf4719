//! A registry elsewhere, to which the whole site or one community sends people.

use axum::http::StatusCode;
use domain::registry::{OutsideRegistry, Registry};

use crate::{Site, front_with};

const ENROL: &str = "/registry/enrol";
const ASK: &str = "/registry/researchers/ask";
const HERE: &str = "/communities/wilson-disease";
const THERE: &str = "/communities/multiple-myeloma";
const LEAD: &str = "/communities/wilson-disease/lead";
/// What the block of a condition says where people enrol on this site.
const OWN: &str = "About the patient registry";
const LINK: &str = "https://registry.example.org/enrol";

impl Site {
    /// The same site, started with `--registry-url` and `--registry-name`.
    fn sends_people_elsewhere(&mut self) {
        let registry = OutsideRegistry::check("The big registry", LINK).unwrap();
        self.front = front_with(&self.storage, &self.folder, &self.live, 8, registry);
    }

    async fn sets_registry(&self, cookie: &str, name: &str, link: &str) -> (StatusCode, String) {
        let form = format!(
            "form=community/outside-registry&slug=wilson-disease&registry-name={name}&registry-url={link}"
        );
        let answer = self.send_body(LEAD, cookie, &form).await;
        if answer.status == StatusCode::SEE_OTHER {
            assert_eq!(answer.header("location"), format!("{LEAD}?done=saved"));
        }
        (answer.status, answer.markup())
    }

    /// A visitor's page, which the second time comes from the cache.
    async fn seen(&self, path: &str) -> String {
        let first = self.get(path).await;
        assert_eq!(first.status, StatusCode::OK, "{path}");
        let again = self.get(path).await;
        assert!(!again.headers.contains_key("x-request-id"), "{path}");
        assert_eq!(first.text(), again.text(), "{path}");
        again.markup()
    }
}

fn leads(page: &str, link: &str, words: &str) -> usize {
    assert!(page.contains(words), "{words}: {page}");
    page.matches(&format!("href=\"{link}\"")).count()
}

#[tokio::test]
async fn a_site_sends_new_people_elsewhere_and_keeps_who_is_there() {
    let mut site = Site::open().await;
    let ada = site.member("ada@example.org", "Ada").await;
    let at = site.screened(&ada).await;
    let about = site.seen("/registry").await;
    assert!(about.contains("Take part") && about.contains("Three steps"));
    site.sends_people_elsewhere();

    let visit = "Visit The big registry to enrol";
    let about = site.seen("/registry").await;
    assert_eq!(leads(&about, LINK, visit), 2);
    assert!(about.contains("rel=\"nofollow noopener external\""));
    assert!(!about.contains("Take part<") && !about.contains("Three steps"));
    assert!(about.contains("Before you take part"));
    let condition = site.seen(HERE).await;
    assert_eq!(leads(&condition, LINK, visit), 1);
    assert!(!condition.contains(OWN), "{condition}");

    // Nobody begins, and whoever has begun goes on.
    let list = site.registry_page(ENROL, &ada).await;
    assert_eq!(leads(&list, LINK, visit), 1);
    assert!(list.contains(&format!("href=\"{ENROL}/{at}\"")), "{list}");
    assert!(!list.contains("registry/begin-enrolment"), "{list}");
    let begin = "form=registry/begin-enrolment&key=another";
    let refused = site.send_body(ENROL, &ada, begin).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert_eq!(leads(&refused.markup(), LINK, visit), 1);
    let actor = site.actor(&ada).await;
    let enrolments = site.storage.registry().enrolments(actor).await.unwrap();
    assert_eq!(enrolments.len(), 1);
    let overview = format!("{ENROL}/{at}");
    let page = site.registry_page(&overview, &ada).await;
    assert!(page.contains("Canary syndrome"), "{page}");
    let answer = format!("form=registry/answer&participant={at}&question=country&country=AT");
    site.enrols(&format!("{overview}/country"), &ada, &answer)
        .await;
    let page = site.registry_page(&overview, &ada).await;
    assert!(page.contains("Austria"), "{page}");
    let discard = format!("form=registry/discard-enrolment&participant={at}");
    let left = site.enrols(&overview, &ada, &discard).await;
    assert_eq!(left, format!("{ENROL}?done=deleted"));
    let empty = site.registry_page(ENROL, &ada).await;
    assert_eq!(leads(&empty, LINK, visit), 1);

    // Researchers are told whom to ask.
    let ask = site.get(ASK).await;
    assert_eq!(ask.status, StatusCode::OK);
    let asked = ask.markup();
    assert_eq!(leads(&asked, LINK, "Ask the staff of that registry"), 1);
    assert!(!asked.contains("registry/ask\""), "{asked}");
    let request =
        "form=registry/ask&key=k&name=A&organisation=B&email=a%40example.org&text=How+many";
    let refused = site.send_body(ASK, "", request).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_community_sends_people_to_a_registry_of_its_own() {
    let mut site = Site::open().await;
    let moderator = site.moderator("mod@example.org").await;
    let ada = site.member("ada@example.org", "Ada").await;
    let own = "https://wilson.example.org/";
    let encoded = "https%3A%2F%2Fwilson.example.org";
    for path in [HERE, THERE] {
        assert!(site.seen(path).await.contains(OWN), "{path}");
    }

    let refused = site.sets_registry(&ada, "Mine", encoded).await;
    assert_eq!(refused.0, StatusCode::FORBIDDEN);
    let (status, wrong) = site
        .sets_registry(&moderator, "Mine", "http%3A%2F%2Fwilson.example.org")
        .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.contains("has to begin with https://"), "{wrong}");
    assert!(wrong.contains("value=\"http://wilson.example.org\""));
    assert!(site.seen(HERE).await.contains(OWN));

    let name = "The+%3Cb%3EWilson+registry";
    let set = site.sets_registry(&moderator, name, encoded).await;
    assert_eq!(set.0, StatusCode::SEE_OTHER);
    let visit = "Visit The &lt;b&gt;Wilson registry to enrol";
    let page = site.seen(HERE).await;
    assert_eq!(leads(&page, own, visit), 1);
    assert!(!page.contains(OWN), "{page}");
    assert!(site.seen(THERE).await.contains(OWN));
    let tools = site.get_with(LEAD, &[("cookie", &moderator)]).await.text();
    assert!(tools.contains(&format!("value=\"{own}\"")), "{tools}");

    // It comes before the site's, which the others have.
    site.sends_people_elsewhere();
    assert_eq!(leads(&site.seen(HERE).await, own, visit), 1);
    let big = "Visit The big registry to enrol";
    assert_eq!(leads(&site.seen(THERE).await, LINK, big), 1);
    let cleared = site.sets_registry(&moderator, "", "").await;
    assert_eq!(cleared.0, StatusCode::SEE_OTHER);
    let page = site.seen(HERE).await;
    assert_eq!(leads(&page, LINK, big), 1);
    assert!(!page.contains(own), "{page}");
}
