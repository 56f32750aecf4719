//! Who answers and declines questions, what becomes of them, and who is told.

use domain::{
    Error,
    account::{Accounts, Actor, Member, Role, Roles, Standing},
    community::{
        AnswersAs, Discussions, Memberships, Notification, NotificationKind, NotificationSubject,
        QuestionState, Questions, TopicAudience,
    },
};

use crate::{
    bed::Bed,
    notifications::of_post,
    people::{PASSWORD, password},
    writers::{ALPHA, BETA, not_joined},
};

contract! {
    who_answers_is_what_they_were_when_they_wrote,
    a_question_is_answered_while_there_is_an_answer_of_an_expert,
    an_account_takes_its_answers_with_it,
    a_declined_question_is_not_answered,
    the_details_of_a_question_can_be_emptied,
    what_only_members_read_empties_no_cache,
    experts_are_told_of_questions_and_askers_of_answers,
    nobody_is_told_as_an_expert_who_is_none,
    who_asked_is_told_of_a_decline_until_it_is_taken_back,
}

use TopicAudience::{Community, Everyone, Members};

fn with(actor: Actor, change: impl FnOnce(Member) -> Member) -> Actor {
    Actor::Member(change(actor.member().unwrap()))
}

fn is_forbidden<T: std::fmt::Debug>(answer: Result<T, Error>) {
    assert!(matches!(answer, Err(Error::Forbidden { .. })), "{answer:?}");
}

impl Bed {
    /// In the database experts are who has the role, and the code that it takes.
    async fn is_expert(&self, index: u128, with_code: bool) {
        let id = format!("(SELECT id FROM account WHERE handle = 'h{index}')");
        self.run(&format!(
            "INSERT INTO account_role (account_id, role, granted_at) VALUES ({id}, 'expert', 0)"
        ))
        .await;
        if with_code {
            self.run(&format!(
                "INSERT INTO second_factor \
                 (account_id, secret, begun_at, set_up_at, last_step, wrong_codes) \
                 VALUES ({id}, '', 0, 1, 0, 0)"
            ))
            .await;
        }
    }

    async fn state(&self, id: &str) -> QuestionState {
        self.question(Actor::Operator, id)
            .await
            .line
            .question
            .unwrap()
    }
}

async fn who_answers_is_what_they_were_when_they_wrote(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let expert = bed.writer(2, Some(Role::Expert)).await;
    let id = bed.asks(ada, ALPHA, "May I swim?", Everyone).await.unwrap();
    let questions = bed.storage.communities();
    assert_eq!(bed.answers(expert, &id, "You may.").await, Ok(2));
    let former = with(expert, |member| Member {
        roles: Roles::from_iter(None),
        ..member
    });
    let awaiting = with(expert, |member| Member {
        awaits_second_factor: true,
        ..member
    });
    let suspended = with(expert, |member| Member {
        standing: Standing::Suspended,
        ..member
    });
    for refused in [awaiting, suspended] {
        is_forbidden(bed.answers(refused, &id, "So.").await);
        is_forbidden(questions.decline(refused, &id, "Why").await);
        is_forbidden(questions.edit_post(refused, &id, 2, 1, "So.", None).await);
    }
    // The role is gone, and with it the right to speak for it; the answer stays what it was.
    assert_eq!(bed.answers(former, &id, "So.").await, Err(not_joined()));
    bed.join(former, ALPHA).await;
    assert_eq!(bed.answers(former, &id, "I swim.").await, Ok(3));
    is_forbidden(questions.edit_post(former, &id, 2, 1, "So.", None).await);
    let page = bed.question(former, &id).await;
    assert_eq!(page.answers[0].answers_as, Some(AnswersAs::Expert));
    assert_eq!(page.answers[1].answers_as, Some(AnswersAs::Member));
    let may_edit: Vec<_> = page.answers.iter().map(|one| page.may_edit(one)).collect();
    assert_eq!(may_edit, [false, true]);
    // With the role they edit it, whether they have joined or not.
    questions.leave(expert, ALPHA).await.unwrap();
    let link = questions
        .edit_post(expert, &id, 2, 1, "You may, slowly.", None)
        .await;
    assert_eq!(link.unwrap().words, "may-i-swim");
    let page = bed.question(expert, &id).await;
    let may_edit: Vec<_> = page.answers.iter().map(|one| page.may_edit(one)).collect();
    assert_eq!(may_edit, [true, false]);
    let history = questions.versions(Actor::Visitor, &id, 2).await.unwrap();
    assert_eq!(history.versions.len(), 2);
    // An expert who asks is no expert for themselves.
    let asker = bed.joined(3, Some(Role::Expert), ALPHA).await;
    let own = bed
        .asks(asker, ALPHA, "And may I fly?", Everyone)
        .await
        .unwrap();
    assert_eq!(bed.answers(asker, &own, "I mean, far.").await, Ok(2));
    assert_eq!(bed.state(&own).await, QuestionState::Open);
    let page = bed.question(ada, &own).await;
    assert_eq!(page.answers[0].answers_as, Some(AnswersAs::Asker));
    assert_eq!(page.answer_count, 0);
    // Nor is it told who asked once they have deleted what they added.
    questions.delete_post(asker, &own, 2, "").await.unwrap();
    let page = bed.question(ada, &own).await;
    assert_eq!(page.answers[0].answers_as, Some(AnswersAs::Member));
}

async fn a_question_is_answered_while_there_is_an_answer_of_an_expert(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let expert = bed.writer(2, Some(Role::Expert)).await;
    let moderator = bed.writer(3, Some(Role::Moderator)).await;
    let id = bed.asks(ada, ALPHA, "May I swim?", Everyone).await.unwrap();
    let questions = bed.storage.communities();
    for text in ["You may.", "Slowly."] {
        bed.answers(expert, &id, text).await.unwrap();
    }
    is_forbidden(questions.decline(moderator, &id, "Why").await);
    assert_eq!(bed.state(&id).await, QuestionState::Answered);
    questions.delete_post(expert, &id, 2, "").await.unwrap();
    assert_eq!(bed.state(&id).await, QuestionState::Answered);
    questions
        .delete_post(moderator, &id, 3, "Wrong")
        .await
        .unwrap();
    assert_eq!(bed.state(&id).await, QuestionState::Open);
    // Twice is once.
    questions
        .delete_post(moderator, &id, 3, "Wrong")
        .await
        .unwrap();
    assert_eq!(bed.state(&id).await, QuestionState::Open);
    let page = bed.question(ada, &id).await;
    assert_eq!(page.answer_count, 0);
    assert_eq!(page.answers.len(), 2, "the traces stay");
    assert_eq!(page.answers[1].deleted.as_ref().unwrap().reason, "Wrong");
}

async fn an_account_takes_its_answers_with_it(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let signed_in = bed.member("expert@example.org").await;
    let expert = bed
        .grant("expert@example.org", &signed_in, Role::Expert)
        .await;
    bed.join(expert, ALPHA).await;
    let id = bed.asks(ada, ALPHA, "May I swim?", Everyone).await.unwrap();
    let own = bed
        .asks(expert, ALPHA, "Secretly: may they fly?", Everyone)
        .await
        .unwrap();
    bed.answers(expert, &id, "You may.").await.unwrap();
    bed.answers(ada, &own, "They do.").await.unwrap();
    assert_eq!(bed.state(&id).await, QuestionState::Answered);
    let accounts = bed.storage.accounts();
    accounts
        .delete(expert, &password(PASSWORD), true)
        .await
        .unwrap();
    assert_eq!(bed.state(&id).await, QuestionState::Open);
    let page = bed.question(ada, &own).await;
    assert_eq!(page.line.title, "Deleted question");
    let left = "SELECT count(*) FROM topic WHERE title_words LIKE '%secretly%'";
    assert_eq!(bed.number(left).await, 0);
}

async fn a_declined_question_is_not_answered(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let expert = bed.writer(2, Some(Role::Expert)).await;
    let moderator = bed.writer(3, Some(Role::Moderator)).await;
    let id = bed
        .asks(ada, ALPHA, "Is it my kidney?", Everyone)
        .await
        .unwrap();
    bed.answers(ada, &id, "The left one.").await.unwrap();
    let questions = bed.storage.communities();
    is_forbidden(questions.decline(ada, &id, "Why").await);
    for wrong in ["", "  ", "two\u{202e}"] {
        let answer = questions.decline(expert, &id, wrong).await;
        assert!(
            matches!(answer, Err(Error::Invalid { .. })),
            "{wrong:?} {answer:?}"
        );
    }
    let reason = "This needs\n your own doctor.";
    questions.decline(expert, &id, reason).await.unwrap();
    // The first reason stays.
    questions.decline(moderator, &id, "Other").await.unwrap();
    let page = bed.question(Actor::Visitor, &id).await;
    assert_eq!(
        page.declined.as_deref(),
        Some("This needs your own doctor.")
    );
    assert_eq!(page.line.question, Some(QuestionState::Declined));
    assert_eq!(page.answers.len(), 1);
    for actor in [ada, expert] {
        is_forbidden(bed.answers(actor, &id, "So.").await);
        assert!(questions.answering(actor, &id).await.unwrap().declined);
    }
    assert_eq!(bed.question(ada, &id).await.line.posts, 2);
    is_forbidden(questions.reopen(ada, &id).await);
    for _ in 0..2 {
        questions.reopen(moderator, &id).await.unwrap();
    }
    assert_eq!(bed.state(&id).await, QuestionState::Open);
    assert_eq!(bed.question(ada, &id).await.declined, None);
    assert_eq!(bed.answers(expert, &id, "It is.").await, Ok(3));
}

async fn the_details_of_a_question_can_be_emptied(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let questions = bed.storage.communities();
    let id = bed.asks(ada, ALPHA, "May I swim?", Everyone).await.unwrap();
    questions
        .edit_post(ada, &id, 1, 1, "Far.", None)
        .await
        .unwrap();
    questions
        .edit_post(ada, &id, 1, 2, " ", None)
        .await
        .unwrap();
    assert_eq!(questions.own_post(ada, &id, 1).await.unwrap().text, "");
    // An answer, and the first post of a discussion, say something.
    bed.answers(ada, &id, "As a child I did.").await.unwrap();
    let topic = bed.start(ada, ALPHA, "Who swims?", Everyone).await.unwrap();
    for (id, number) in [(&id, 2), (&topic, 1)] {
        let empty = questions.edit_post(ada, id, number, 1, " ", None).await;
        assert!(matches!(empty, Err(Error::Invalid { .. })), "{empty:?}");
    }
}

async fn what_only_members_read_empties_no_cache(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let expert = bed.joined(2, Some(Role::Expert), ALPHA).await;
    let questions = bed.storage.communities();
    for (audience, moves) in [(Everyone, true), (Members, false), (Community, false)] {
        let mut before = bed.changed();
        let mut moved = |what: &str| {
            let now = bed.changed();
            assert_eq!(now != before, moves, "{what} {audience:?}");
            before = now;
        };
        let id = bed.asks(ada, ALPHA, "May I swim?", audience).await.unwrap();
        moved("asked");
        questions.decline(expert, &id, "Why").await.unwrap();
        moved("declined");
        questions.reopen(expert, &id).await.unwrap();
        moved("opened again");
        bed.answers(expert, &id, "You may.").await.unwrap();
        moved("answered");
    }
}

fn told(notifications: &[Notification]) -> Vec<(NotificationKind, i64, bool)> {
    notifications
        .iter()
        .map(|one| match &one.subject {
            NotificationSubject::Post {
                number, by_expert, ..
            } => (one.kind, *number, *by_expert),
            other => panic!("{other:?}"),
        })
        .collect()
}

async fn experts_are_told_of_questions_and_askers_of_answers(bed: Bed) {
    use NotificationKind::{Answer, Question};
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let expert = bed.joined(2, Some(Role::Expert), ALPHA).await;
    bed.is_expert(2, true).await;
    let grace = bed.joined(3, None, ALPHA).await;
    let id = bed.asks(ada, ALPHA, "May I swim?", Members).await.unwrap();
    bed.start(ada, ALPHA, "Who swims?", Everyone).await.unwrap();
    bed.tell().await;
    // Of questions alone, and who has asked is not told.
    assert_eq!(told(&bed.told(expert).await), [(Question, 1, false)]);
    for actor in [ada, grace] {
        assert_eq!(bed.told(actor).await, []);
    }
    for (actor, text) in [(grace, "I do."), (grace, "Often."), (expert, "You may.")] {
        bed.seconds_pass(1);
        bed.answers(actor, &id, text).await.unwrap();
        bed.tell().await;
    }
    // The first stands for the second, but not for the answer of an expert.
    let list = bed.told(ada).await;
    assert_eq!(told(&list), [(Answer, 4, true), (Answer, 2, false)]);
    assert_eq!(of_post(&list[0]).0.title, "May I swim?");
    assert_eq!(of_post(&list[0]).0.words, "may-i-swim");
    assert_eq!(told(&bed.told(grace).await), [(Answer, 4, true)]);
    // Where one is deleted that stands for others, the next takes its place.
    let questions = bed.storage.communities();
    questions.delete_post(expert, &id, 4, "").await.unwrap();
    bed.tell().await;
    assert_eq!(told(&bed.told(ada).await), [(Answer, 2, false)]);
    questions.delete_post(grace, &id, 2, "").await.unwrap();
    bed.tell().await;
    assert_eq!(told(&bed.told(ada).await), [(Answer, 3, false)]);
    questions.delete_post(ada, &id, 1, "").await.unwrap();
    bed.tell().await;
    // The question is gone, for which the next post stands that they have not read.
    assert_eq!(told(&bed.told(expert).await), [(Answer, 3, false)]);
}

async fn nobody_is_told_as_an_expert_who_is_none(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    // One who has no code yet, one of another community, one who is suspended, and the one who asks.
    let mut experts = Vec::new();
    for (index, slug) in [(2, ALPHA), (3, BETA), (4, ALPHA), (5, ALPHA)] {
        experts.push(bed.joined(index, Some(Role::Expert), slug).await);
        bed.is_expert(index, index != 2).await;
    }
    bed.run("UPDATE account SET standing = 'suspended' WHERE handle = 'h4'")
        .await;
    bed.asks(experts[3], ALPHA, "May they swim?", Community)
        .await
        .unwrap();
    bed.tell().await;
    let rows = "SELECT count(*) FROM notification";
    assert_eq!(bed.number(rows).await, 0);
    bed.asks(ada, ALPHA, "May I swim?", Community)
        .await
        .unwrap();
    bed.tell().await;
    assert_eq!(bed.number(rows).await, 1);
    assert_eq!(bed.told(experts[3]).await.len(), 1);
}

async fn who_asked_is_told_of_a_decline_until_it_is_taken_back(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let expert = bed.writer(2, Some(Role::Expert)).await;
    let id = bed
        .asks(ada, ALPHA, "Is it my kidney?", Members)
        .await
        .unwrap();
    let questions = bed.storage.communities();
    questions
        .decline(expert, &id, "See a doctor")
        .await
        .unwrap();
    bed.tell().await;
    assert_eq!(
        told(&bed.told(ada).await),
        [(NotificationKind::Declined, 1, false)]
    );
    bed.mark_all(ada).await;
    questions.reopen(expert, &id).await.unwrap();
    bed.tell().await;
    assert_eq!(bed.told(ada).await, []);
    bed.seconds_pass(1);
    questions.decline(expert, &id, "Really").await.unwrap();
    bed.tell().await;
    let list = bed.told(ada).await;
    assert!(list.len() == 1 && !list[0].read, "{list:?}");
}
