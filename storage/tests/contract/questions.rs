//! Questions to experts: how they are asked, answered and read.

use domain::{
    Error, Result,
    account::{Actor, Role},
    catalogue::Resolved,
    community::{
        AnswersAs, AnswersPage, Discussions, POSTS_ON_PAGE, QuestionDraft, QuestionList,
        QuestionState, QuestionThread, Questions, TopicAudience, TopicKind, TopicLine, TopicScope,
    },
};
use uuid::Uuid;

use crate::{
    bed::Bed,
    people::submission,
    release::{mondo, obsolete, term},
    writers::{ALPHA, BETA, not_joined, titles},
};

contract! {
    questions_are_no_discussions,
    answers_of_experts_come_first,
    a_form_that_is_sent_twice_counts_once,
    questions_are_shown_to_whom_they_are_for,
    questions_that_share_words_are_found,
    questions_follow_a_condition_that_is_replaced,
}

use TopicAudience::{Community, Everyone, Members};

pub(crate) fn question(title: &str, audience: TopicAudience) -> QuestionDraft {
    QuestionDraft {
        title: title.to_owned(),
        details: "In *cold* water.".to_owned(),
        audience,
        anonymous: false,
        content_note: None,
    }
}

impl Bed {
    pub(crate) async fn asks(
        &self,
        actor: Actor,
        slug: &str,
        title: &str,
        audience: TopicAudience,
    ) -> Result<String> {
        let key = submission(&Uuid::new_v4().to_string());
        let questions = self.storage.communities();
        questions
            .ask(actor, slug, question(title, audience), &key)
            .await
    }

    pub(crate) async fn answers(&self, actor: Actor, id: &str, text: &str) -> Result<i64> {
        let key = submission(&Uuid::new_v4().to_string());
        let questions = self.storage.communities();
        questions.answer(actor, id, text, None, false, &key).await
    }

    pub(crate) async fn question(&self, actor: Actor, id: &str) -> QuestionThread {
        let questions = self.storage.communities();
        let page = questions.question(actor, id, AnswersPage::First).await;
        page.unwrap()
    }

    async fn questions(&self, actor: Actor, slug: &str, after: Option<&str>) -> QuestionList {
        let questions = self.storage.communities();
        match questions.questions(actor, slug, after).await {
            Ok(Resolved::Here(list)) => list,
            other => panic!("{other:?}"),
        }
    }
}

fn numbers(page: &QuestionThread) -> Vec<i64> {
    page.answers.iter().map(|answer| answer.number).collect()
}

async fn questions_are_no_discussions(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let expert = bed.writer(2, Some(Role::Expert)).await;
    let questions = bed.storage.communities();
    let topic = bed.start(ada, ALPHA, "Who swims?", Everyone).await.unwrap();
    let mut ids = Vec::new();
    for title in ["May I swim?", "May I fly?", "May I run?", "May I ride?"] {
        bed.seconds_pass(1);
        ids.push(bed.asks(ada, ALPHA, title, Everyone).await.unwrap());
    }
    bed.seconds_pass(1);
    assert_eq!(bed.answers(expert, &ids[0], "You may.").await, Ok(2));
    bed.seconds_pass(1);
    assert_eq!(bed.answers(ada, &ids[1], "It is far.").await, Ok(2));
    questions
        .decline(expert, &ids[3], "Ask a vet")
        .await
        .unwrap();

    let list = bed.questions(Actor::Visitor, ALPHA, None).await;
    let expected = ["May I fly?", "May I swim?", "May I ride?", "May I run?"];
    assert_eq!(titles(&list.questions), expected);
    let states: Vec<_> = list.questions.iter().map(|line| line.question).collect();
    let [open, answered, declined] = [
        QuestionState::Open,
        QuestionState::Answered,
        QuestionState::Declined,
    ]
    .map(Some);
    assert_eq!(states, [open, answered, declined, open]);
    assert_eq!(list.questions[0].id, ids[1]);
    let behind = bed.questions(ada, ALPHA, Some(&ids[0])).await;
    assert_eq!(titles(&behind.questions), expected[2..]);
    let of_topic = questions.questions(ada, ALPHA, Some(&topic)).await;
    assert_eq!(of_topic, Err(Error::NotFound));
    // What an expert has answered comes first, and what was declined is left out.
    let newest = questions.newest(Actor::Visitor, bed.id(ALPHA).await).await;
    let newest = newest.unwrap();
    assert_eq!(
        titles(&newest.questions),
        ["May I swim?", "May I fly?", "May I run?"]
    );
    assert_eq!(titles(&newest.discussions), ["Who swims?"]);
    let discussed = bed.topics(ada, ALPHA, None).await;
    assert_eq!(titles(&discussed.topics), ["Who swims?"]);
    let recent = questions.recent(ada, None).await.unwrap().topics;
    assert_eq!(recent.len(), 1);

    // Each has its own door.
    let page = questions.question(ada, &topic, AnswersPage::First).await;
    assert_eq!(page, Err(Error::NotFound));
    assert_eq!(bed.answers(ada, &topic, "So.").await, Err(Error::NotFound));
    let declined = questions.decline(expert, &topic, "Why").await;
    assert_eq!(declined, Err(Error::NotFound));
    assert_eq!(bed.reply(ada, &ids[0], "So.").await, Err(Error::NotFound));
    let replying = questions.replying(ada, &ids[0], None).await;
    assert_eq!(replying, Err(Error::NotFound));
    // What leads to a topic by its id finds out what it is.
    let line = bed.topic(Actor::Visitor, &ids[0]).await.line;
    assert_eq!(
        (line.kind(), line.words.as_str()),
        (TopicKind::Question, "may-i-swim")
    );
}

async fn answers_of_experts_come_first(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.joined(2, Some(Role::Moderator), ALPHA).await;
    let expert = bed.writer(3, Some(Role::Expert)).await;
    let id = bed.asks(ada, ALPHA, "May I swim?", Everyone).await.unwrap();
    for number in 2..=22 {
        assert_eq!(bed.answers(grace, &id, "I do.").await, Ok(number));
    }
    for number in 23..=25 {
        assert_eq!(bed.answers(expert, &id, "You may.").await, Ok(number));
    }
    assert_eq!(bed.answers(ada, &id, "I did.").await, Ok(26));
    let first = bed.question(Actor::Visitor, &id).await;
    let expected: Vec<i64> = (23..=25).chain(2..=18).collect();
    assert_eq!(numbers(&first), expected);
    assert_eq!(first.details.number, 1);
    assert!(first.details.html.as_str().contains("<em>cold</em>"));
    assert_eq!((first.after, first.next), (None, Some(18)));
    // What its author adds is none.
    assert_eq!(first.answer_count, 24);
    let as_whom: Vec<_> = first.answers.iter().map(|one| one.answers_as).collect();
    assert_eq!(as_whom[..3], [Some(AnswersAs::Expert); 3]);
    assert_eq!(as_whom[3..], [Some(AnswersAs::Member); 17]);
    let questions = bed.storage.communities();
    let page = async |page| questions.question(Actor::Visitor, &id, page).await;
    let second = page(AnswersPage::After(18)).await.unwrap();
    assert_eq!(numbers(&second), [19, 20, 21, 22, 26]);
    assert_eq!((second.after, second.next), (Some(18), None));
    assert_eq!(second.details, first.details);
    assert_eq!(second.answers[4].answers_as, Some(AnswersAs::Asker));
    // Nothing is behind the last one, and behind what is no answer.
    for nowhere in [26, 1, 0, -1, 99] {
        let nothing = page(AnswersPage::After(nowhere)).await;
        assert_eq!(nothing, Err(Error::NotFound), "{nowhere}");
    }
    // Wherever an answer is by now, a link to it leads there.
    for (number, after) in [
        (23, None),
        (18, None),
        (19, Some(18)),
        (26, Some(18)),
        (1, None),
        (99, None),
    ] {
        let found = page(AnswersPage::With(number)).await.unwrap();
        assert_eq!(found.after, after, "{number}");
        assert!(number == 1 || number == 99 || numbers(&found).contains(&number));
    }
    assert_eq!(bed.answers(expert, &id, "More.").await, Ok(27));
    let moved = page(AnswersPage::With(18)).await.unwrap();
    assert_eq!(moved.after, Some(17));
    assert_eq!(numbers(&moved)[0], 18);
    assert_eq!(POSTS_ON_PAGE, 20);
}

async fn a_form_that_is_sent_twice_counts_once(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let questions = bed.storage.communities();
    let key = submission("one");
    let draft = || question("May I swim?", Everyone);
    let id = questions.ask(ada, ALPHA, draft(), &key).await.unwrap();
    bed.start(ada, ALPHA, "Something else", Everyone)
        .await
        .unwrap();
    assert_eq!(
        questions.ask(ada, ALPHA, draft(), &key).await,
        Ok(id.clone())
    );
    let key = submission("two");
    assert_eq!(
        questions
            .answer(ada, &id, "I did.", None, false, &key)
            .await,
        Ok(2)
    );
    assert_eq!(
        questions
            .answer(ada, &id, "I did.", None, false, &key)
            .await,
        Ok(2)
    );
    assert_eq!(bed.question(ada, &id).await.line.posts, 2);
    let invalid = questions
        .answer(ada, &id, " ", None, false, &submission("three"))
        .await;
    assert!(matches!(invalid, Err(Error::Invalid { .. })), "{invalid:?}");
    let mut wrong = question("So?", Everyone);
    wrong.details = "\u{200b}".to_owned();
    let invalid = questions.ask(ada, ALPHA, wrong, &submission("four")).await;
    let Err(Error::Invalid { fields }) = invalid else {
        panic!("{invalid:?}");
    };
    assert_eq!(fields.len(), 2);
}

/// The same readers and audiences as for discussions, through every method that shows questions.
async fn questions_are_shown_to_whom_they_are_for(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let mut ids = Vec::new();
    for audience in [Everyone, Members, Community] {
        bed.seconds_pass(1);
        let title = format!("Swim for {}?", audience.as_str());
        ids.push((
            audience,
            bed.asks(ada, ALPHA, &title, audience).await.unwrap(),
        ));
    }
    let alpha = bed.id(ALPHA).await;
    let questions = bed.storage.communities();
    let stranger = bed.joined(2, None, BETA).await;
    let joined = bed.joined(3, None, ALPHA).await;
    let expert = bed.writer(4, Some(Role::Expert)).await;
    let moderator = bed.writer(5, Some(Role::Moderator)).await;
    for (actor, has_joined) in [
        (Actor::Visitor, false),
        (Actor::Operator, false),
        (stranger, false),
        (joined, true),
        (expert, false),
        (moderator, false),
    ] {
        let reader = TopicScope::of(actor).reader(has_joined);
        let expected: Vec<&str> = ids
            .iter()
            .rev()
            .filter(|(audience, _)| audience.admits(reader))
            .map(|(_, id)| id.as_str())
            .collect();
        let list = bed.questions(actor, ALPHA, None).await;
        let listed: Vec<&str> = list.questions.iter().map(|line| line.id.as_str()).collect();
        assert_eq!(listed, expected, "{actor:?}");
        let newest = questions.newest(actor, alpha).await.unwrap();
        let ids_of = |lines: &[TopicLine]| {
            let mut ids: Vec<_> = lines.iter().map(|line| line.id.clone()).collect();
            ids.sort();
            ids
        };
        assert_eq!(
            ids_of(&newest.questions),
            ids_of(&list.questions),
            "{actor:?}"
        );
        if actor.member().is_some() {
            let similar = questions.similar(actor, ALPHA, "May I swim?").await;
            assert_eq!(similar, Ok(list.questions), "{actor:?}");
        }
        for (audience, id) in &ids {
            let page = questions.question(actor, id, AnswersPage::With(2)).await;
            let answered = bed.answers(actor, id, "So.").await;
            if audience.admits(reader) {
                assert!(page.is_ok(), "{audience:?} {actor:?}");
                let may_answer = has_joined || actor == expert;
                assert_eq!(answered.is_ok(), may_answer, "{audience:?} {actor:?}");
                if actor == stranger || actor == moderator {
                    assert_eq!(answered, Err(not_joined()), "{audience:?}");
                }
            } else {
                assert_eq!(page, Err(Error::NotFound), "{audience:?} {actor:?}");
                if actor.member().is_some() {
                    assert_eq!(answered, Err(Error::NotFound), "{audience:?} {actor:?}");
                }
                let behind = questions.questions(actor, ALPHA, Some(id)).await;
                assert_eq!(behind, Err(Error::NotFound), "{audience:?} {actor:?}");
            }
        }
        // What is written in between changes the order.
        bed.run("UPDATE topic SET last_post_at = created_at").await;
    }
    let asked = bed.asks(stranger, ALPHA, "May I swim?", Everyone).await;
    assert_eq!(asked, Err(not_joined()));
    let asked = bed.asks(expert, ALPHA, "May they swim?", Everyone).await;
    assert_eq!(asked, Err(not_joined()), "an expert asks like anybody");
}

async fn questions_that_share_words_are_found(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    bed.join(ada, BETA).await;
    for (slug, title) in [
        (ALPHA, "May I swim in cold water?"),
        (ALPHA, "Is cold dangerous?"),
        (ALPHA, "Which vitamins are good?"),
        (BETA, "May I swim?"),
    ] {
        bed.seconds_pass(1);
        bed.asks(ada, slug, title, Everyone).await.unwrap();
    }
    bed.start(ada, ALPHA, "Who swims in water?", Everyone)
        .await
        .unwrap();
    let questions = bed.storage.communities();
    let similar = async |title: &str| {
        let similar = questions.similar(ada, ALPHA, title).await.unwrap();
        titles(&similar)
            .into_iter()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let (swim, cold) = ("May I swim in cold water?", "Is cold dangerous?");
    assert_eq!(
        similar("Is COLD wáter good to swim?").await[..2],
        [swim, "Which vitamins are good?"]
    );
    assert_eq!(similar("Swimming?").await, [] as [&str; 0]);
    assert_eq!(similar("Cold?").await, [cold, swim]);
    assert_eq!(
        similar("What about my vitamin D?").await,
        ["Which vitamins are good?"]
    );
    for nothing in ["Why and how?", "100 %%%% ____?", "'; DROP TABLE topic"] {
        assert_eq!(similar(nothing).await, [] as [&str; 0], "{nothing}");
    }
    // What was taken back is not found by its words.
    let id = bed.questions(ada, ALPHA, None).await.questions[0]
        .id
        .clone();
    bed.answers(ada, &id, "Never mind.").await.unwrap();
    questions.delete_post(ada, &id, 1, "").await.unwrap();
    assert_eq!(similar("Which vitamins?").await, [] as [&str; 0]);
    let line = bed.question(ada, &id).await.line;
    assert_eq!(
        (line.title.as_str(), line.words.as_str()),
        ("Deleted question", "question")
    );
    let left = "SELECT count(*) FROM topic WHERE title_words LIKE '%vitamin%'";
    assert_eq!(bed.number(left).await, 0);
    let missing = questions.similar(ada, "nowhere", "May I swim?").await;
    assert_eq!(missing, Err(Error::NotFound));
}

async fn questions_follow_a_condition_that_is_replaced(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let id = bed.asks(ada, ALPHA, "May I swim?", Everyone).await.unwrap();
    bed.import(mondo([
        obsolete("MONDO:1", "alpha disease").replaced_by("MONDO:2"),
        term("MONDO:2", "beta disease"),
    ]))
    .await;
    assert_eq!(bed.question(ada, &id).await.condition.slug, BETA);
    let list = bed.questions(ada, BETA, None).await;
    assert_eq!(titles(&list.questions), ["May I swim?"]);
}
