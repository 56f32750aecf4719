//! What researchers ask of the registry.

use domain::{
    Error, Result,
    account::{Actor, Client},
    registry::{REQUEST_KEPT, REQUESTS_A_DAY, REQUESTS_SHOWN, RegistryRequests, RequestDraft},
};

use crate::{
    bed::Bed,
    people::{PASSWORD, field, from, submission},
};

contract! {
    anybody_asks_and_staff_alone_read_it,
    a_request_that_is_sent_twice_is_there_once,
    requests_are_read_page_by_page,
    requests_are_limited,
    requests_and_signing_in_are_counted_apart,
    a_request_is_kept_for_a_year_after_it_was_closed,
}

fn draft(text: &str) -> RequestDraft {
    RequestDraft::check("Marie Curie", "A university", "marie@example.org", text).unwrap()
}

fn network_of(number: i64) -> Client {
    from(&format!(
        "198.51.{}.{}",
        100 + number / 250,
        1 + number % 250
    ))
}

impl Bed {
    /// From a network of its own.
    async fn sends_request(&self, actor: Actor, network: i64, text: &str, key: &str) -> Result<()> {
        let client = network_of(network);
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
    let shown = requests.requests(staff.actor, false, None).await.unwrap();
    let shown = shown.requests;
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
        assert_eq!(
            requests.requests(other, false, None).await,
            Err(Error::NotFound)
        );
        let closed = requests.close_request(other, id).await;
        assert_eq!(closed, Err(Error::NotFound));
    }
    requests.close_request(staff.actor, id).await.unwrap();
    let closed = bed.storage.database().now();
    bed.seconds_pass(1);
    requests.close_request(staff.actor, id).await.unwrap();
    let open = requests.requests(staff.actor, false, None).await.unwrap();
    assert_eq!(texts(&open.requests), ["Where do they live?"]);
    assert_eq!((open.requests[0].closed, open.next), (None, None));
    let done = requests.requests(staff.actor, true, None).await.unwrap();
    assert_eq!(texts(&done.requests), ["How many are there?"]);
    assert_eq!(done.requests[0].closed, Some(closed));
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

async fn requests_are_read_page_by_page(bed: Bed) {
    let staff = bed.staff("staff@example.org").await.actor;
    let requests = bed.storage.registry();
    let sent = REQUESTS_SHOWN + 2;
    for number in 0..sent {
        let text = format!("{number:03}");
        let network = i64::try_from(number).unwrap();
        bed.sends_request(Actor::Visitor, network, &text, &text)
            .await
            .unwrap();
    }
    let read = async |closed, after: Option<&str>| {
        let list = requests.requests(staff, closed, after).await.unwrap();
        assert!(list.requests.len() <= REQUESTS_SHOWN);
        list
    };
    let first = read(false, None).await;
    let next = first.next.unwrap();
    assert_eq!(first.requests.last().unwrap().id, next);
    // One that is closed in the meantime keeps its place.
    requests.close_request(staff, &next).await.unwrap();
    let second = read(false, Some(&next)).await;
    assert_eq!((second.requests.len(), second.next), (2, None));
    let mut all: Vec<String> = first.requests.into_iter().map(|one| one.text).collect();
    all.extend(second.requests.into_iter().map(|one| one.text));
    all.sort();
    all.dedup();
    assert_eq!(all.len(), sent, "each once");
    let done = read(true, None).await;
    assert_eq!((done.requests.len(), done.next), (1, None));
    assert!(read(true, Some(&next)).await.requests.is_empty());
    for unknown in ["0000000000", "", "'"] {
        let none = requests.requests(staff, false, Some(unknown)).await;
        assert_eq!(none, Err(Error::NotFound), "{unknown}");
    }
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

async fn requests_and_signing_in_are_counted_apart(bed: Bed) {
    bed.member("ada@example.org").await;
    let mut sent = 0;
    let ask = async |network, sent: i64| {
        let key = sent.to_string();
        bed.sends_request(Actor::Visitor, network, "How many?", &key)
            .await
    };
    while ask(1, sent).await.is_ok() {
        sent += 1;
    }
    assert_eq!(ask(1, sent).await, Err(Error::TooMany));
    let entered = bed
        .sign_in(&network_of(1), "ada@example.org", PASSWORD)
        .await;
    assert!(entered.is_ok());
    // And the other way round.
    for tried in 0.. {
        let address = format!("p{tried}@example.org");
        match bed
            .sign_in(&network_of(2), &address, "four gardens without a wall")
            .await
        {
            Err(Error::TooMany) => break,
            wrong => assert_eq!(field(wrong), "password"),
        }
    }
    assert_eq!(ask(2, sent + 1).await, Ok(()));
}

async fn a_request_is_kept_for_a_year_after_it_was_closed(bed: Bed) {
    let staff = bed.staff("staff@example.org").await.actor;
    let requests = bed.storage.registry();
    for (network, text) in [(1, "How many?"), (2, "Where?")] {
        bed.sends_request(Actor::Visitor, network, text, text)
            .await
            .unwrap();
        bed.seconds_pass(1);
    }
    let open = requests
        .requests(staff, false, None)
        .await
        .unwrap()
        .requests;
    requests.close_request(staff, &open[0].id).await.unwrap();
    let number = "SELECT count(*) FROM registry_request";
    bed.days_pass(i64::try_from(REQUEST_KEPT.as_secs() / 86_400).unwrap());
    bed.storage.sweep().await.unwrap();
    assert_eq!(bed.number(number).await, 2);
    bed.seconds_pass(1);
    bed.storage.sweep().await.unwrap();
    let left = bed.texts("SELECT text FROM registry_request").await;
    assert_eq!(left, ["Where?"], "what waits for an answer stays");
}
