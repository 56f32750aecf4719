//! Email about notifications where several processes write it, and where one breaks off; and for how
//! long all of it is kept.

use domain::community::{MailFrequency, TopicAudience};

use crate::{bed::Bed, trouble, writers::ALPHA};

contract! {
    of_two_processes_one_writes_to_each_person,
    a_letter_that_breaks_off_is_written_once,
    old_notifications_are_removed,
    nothing_of_mail_is_left_with_a_deleted_account,
}

use MailFrequency::AtOnce;
use TopicAudience::Everyone;

async fn of_two_processes_one_writes_to_each_person(bed: Bed) {
    let (ada, grace, id) = bed.two(Everyone).await;
    let second = bed.second().await;
    let mut others = vec![ada];
    for index in 3..=12 {
        others.push(bed.joined(index, None, ALPHA).await);
    }
    for other in &others {
        bed.chooses(*other, [AtOnce; 4]).await;
    }
    for round in 0_i64..3 {
        for other in &others {
            let number = bed.reply(*other, &id, "Here.").await.unwrap();
            bed.reply_to(grace, &id, "So.", Some(number)).await.unwrap();
        }
        bed.tell().await;
        bed.seconds_pass(61 * 60);
        let (here, there) = (bed.storage.communities(), second.storage.communities());
        let (one, two, three) = tokio::join!(
            here.write_letters(),
            there.write_letters(),
            there.write_letters()
        );
        let written = one.unwrap() + two.unwrap() + three.unwrap();
        assert_eq!(written, others.len() as u64);
        let letters = bed.number("SELECT count(*) FROM outbox").await;
        assert_eq!(letters, (round + 1) * 11, "eleven people");
        for other in &others {
            bed.mark_all(*other).await;
        }
    }
}

async fn a_letter_that_breaks_off_is_written_once(bed: Bed) {
    let (ada, grace, id) = bed.two(Everyone).await;
    bed.chooses(ada, [AtOnce; 4]).await;
    bed.answer(grace, &id).await;
    bed.seconds_pass(60);
    let connection = bed.connection().await;
    trouble::sabotage(&bed, &connection, "outbox").await;
    assert!(bed.storage.communities().write_letters().await.is_err());
    trouble::repair(&bed, &connection, "outbox").await;
    assert_eq!(bed.number("SELECT count(*) FROM unsubscribe_link").await, 0);
    assert_eq!(bed.counts().await, [[1, 0, 0, 0]]);
    assert_eq!(bed.counts().await, [[0; 4]; 0]);
}

async fn old_notifications_are_removed(bed: Bed) {
    let (ada, grace, id) = bed.two(Everyone).await;
    bed.answer(grace, &id).await;
    bed.mark_all(ada).await;
    bed.answer(grace, &id).await;
    let rows = async || {
        bed.storage.communities().sweep().await.unwrap();
        bed.number("SELECT count(*) FROM notification").await
    };
    bed.days_pass(90);
    assert_eq!(rows().await, 2);
    bed.seconds_pass(1);
    assert_eq!(rows().await, 1);
    bed.days_pass(275);
    assert_eq!(rows().await, 0);
}

async fn nothing_of_mail_is_left_with_a_deleted_account(bed: Bed) {
    let (ada, grace, id) = bed.two(Everyone).await;
    bed.chooses(ada, [AtOnce; 4]).await;
    bed.answer(grace, &id).await;
    bed.seconds_pass(60);
    assert_eq!(bed.counts().await.len(), 1);
    bed.answer(grace, &id).await;
    bed.run("DELETE FROM account WHERE handle = 'h1'").await;
    bed.seconds_pass(3_600);
    assert_eq!(bed.counts().await, [[0; 4]; 0]);
    for table in ["notification", "notification_mail", "unsubscribe_link"] {
        let left = bed.number(&format!("SELECT count(*) FROM {table}")).await;
        assert_eq!(left, 0, "{table}");
    }
}
