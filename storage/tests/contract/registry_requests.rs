//! What researchers ask of the registry.

use domain::{
    Error, Result,
    account::Actor,
    registry::{REQUESTS_A_DAY, RegistryRequests, RequestDraft},
};

use crate::{
    bed::Bed,
    people::{from, submission},
};

contract! {
    anybody_asks_and_staff_alone_read_it,
    a_request_that_is_sent_twice_is_there_once,
    requests_are_limited,
}

fn draft(text: &str) -> RequestDraft {
    RequestDraft::check("Marie Curie", "A university", "marie@example.org", text).unwrap()
}

impl Bed {
    /// From a network of its own.
    async fn sends_request(&self, actor: Actor, network: i64, text: &str, key: &str) -> Result<()> {
        let client = from(&format!(
            "198.51.{}.{}",
            100 + network / 250,
            1 + network % 250
        ));
        let requests = self.storage.registry();
        let key = submission(key);
        requests
            .send_request(actor, &client, draft(text), &key)
            .await
    }
}

async fn anybody_asks_and_staff_alone_read_it(bed: Bed) {
    let member = bed.member("ada@example.org").await;
    let ada = bed.actor(&member).await;
    let staff = bed.staff("staff@example.org").await;
    bed.sends_request(Actor::Visitor, 1, "How many are there?", "one")
        .await
        .unwrap();
    bed.seconds_pass(1);
    bed.sends_request(ada, 2, "Where do they live?", "two")
        .await
        .unwrap();
    let requests = bed.storage.registry();
    let shown = requests.requests(staff.actor).await.unwrap();
    let texts = |shown: &[domain::registry::RegistryRequest]| -> Vec<String> {
        shown.iter().map(|request| request.text.clone()).collect()
    };
    assert_eq!(
        texts(&shown),
        ["How many are there?", "Where do they live?"]
    );
    assert_eq!(shown[1].email, "marie@example.org");
    let id = &shown[0].id;
    for other in [Actor::Visitor, Actor::Operator, ada] {
        assert_eq!(requests.requests(other).await, Err(Error::NotFound));
        let closed = requests.close_request(other, id).await;
        assert_eq!(closed, Err(Error::NotFound));
    }
    requests.close_request(staff.actor, id).await.unwrap();
    let closed = bed.storage.database().now();
    bed.seconds_pass(1);
    requests.close_request(staff.actor, id).await.unwrap();
    let shown = requests.requests(staff.actor).await.unwrap();
    assert_eq!(
        texts(&shown),
        ["Where do they live?", "How many are there?"]
    );
    assert_eq!((shown[0].closed, shown[1].closed), (None, Some(closed)));
    let none = requests.close_request(staff.actor, "0000000000").await;
    assert_eq!(none, Err(Error::NotFound));
}

async fn a_request_that_is_sent_twice_is_there_once(bed: Bed) {
    for _ in 0..2 {
        bed.sends_request(Actor::Visitor, 1, "How many?", "key")
            .await
            .unwrap();
    }
    assert_eq!(bed.number("SELECT count(*) FROM registry_request").await, 1);
}

async fn requests_are_limited(bed: Bed) {
    let mut sent = 0;
    let refused = loop {
        match bed
            .sends_request(Actor::Visitor, 1, "How many?", &sent.to_string())
            .await
        {
            Ok(()) => sent += 1,
            refused => break refused,
        }
    };
    assert_eq!((sent, refused), (30, Err(Error::TooMany)));
    // Nor do many networks together send more than can be read.
    let refused = loop {
        match bed
            .sends_request(Actor::Visitor, sent, "How many?", &sent.to_string())
            .await
        {
            Ok(()) => sent += 1,
            refused => break refused,
        }
    };
    assert_eq!((sent, refused.unwrap_err().status()), (REQUESTS_A_DAY, 429));
}
