//! The desk of the registry's staff: what they see of a participant, and who they are when they say why.

use crate::{
    bed::Bed,
    people::{Authenticator, field},
    registry::{ADULT, own_answers, signing, sparing},
    second_factor::wrong,
};
use domain::{
    Error, Result,
    account::{Accounts, Actor, Country, ModerationAction, Role},
    mail::Letter,
    registry::{
        AccessState, DeskParticipant, Identity, LedgerEvent, ParticipantState, Registry,
        RegistryDesk, Withdrawal,
        screening::{Answer, Contact, Question},
    },
    time::CalendarDate,
};

contract! {
    the_desk_is_for_staff_alone,
    a_state_says_nothing_of_answers,
    staff_see_who_it_is_for_an_hour,
    an_access_is_one_members,
    the_participant_is_told,
    wrong_codes_are_slowed_down,
    nobody_goes_through_codes,
}

pub(crate) const REASON: &str = "Canary call: they asked us to";
pub(crate) const ADA: &str = "ada@example.org";

/// Somebody who works for the registry.
pub(crate) struct Staff {
    pub(crate) actor: Actor,
    phone: Authenticator,
}

impl Bed {
    pub(crate) async fn staff(&self, address: &str) -> Staff {
        let signed_in = self.member(address).await;
        let grant = ModerationAction::Grant(Role::RegistryStaff);
        let accounts = self.storage.accounts();
        let granted = accounts.moderate(Actor::Operator, address, grant, "Works here");
        granted.await.unwrap();
        let waiting = self.actor(&signed_in).await;
        let phone = self.set_up_second_factor(waiting).await;
        let actor = self.actor(&signed_in).await;
        Staff { actor, phone }
    }

    pub(crate) async fn pseudonym(&self, actor: Actor, at: &str) -> String {
        self.enrolment(actor, at).await.unwrap().pseudonym
    }

    pub(crate) async fn seen(&self, staff: &Staff, code: &str) -> DeskParticipant {
        let desk = self.storage.registry();
        desk.participant(staff.actor, code).await.unwrap()
    }

    pub(crate) async fn breaks_glass(&self, staff: &Staff, code: &str) -> Result<()> {
        let present = staff.phone.code(self.seconds());
        let desk = self.storage.registry();
        desk.open_access(staff.actor, code, REASON, &present).await
    }

    /// Who it is, where an access is open.
    async fn identity(&self, staff: &Staff, code: &str) -> Option<Identity> {
        let access = self.seen(staff, code).await.access;
        access.and_then(|access| access.identity)
    }
}

async fn the_desk_is_for_staff_alone(bed: Bed) {
    let (ada, at) = bed.enrolled(ADA).await;
    let code = bed.pseudonym(ada, &at).await;
    let staff = bed.staff("staff@example.org").await;
    let mut others = vec![Actor::Visitor, Actor::Operator, ada];
    for (number, role) in Role::ALL.into_iter().enumerate() {
        if role == Role::RegistryStaff {
            continue;
        }
        let address = format!("p{number}@example.org");
        let signed_in = bed.member(&address).await;
        let grant = ModerationAction::Grant(role);
        let accounts = bed.storage.accounts();
        let granted = accounts.moderate(Actor::Operator, &address, grant, "A test");
        granted.await.unwrap();
        let waiting = bed.actor(&signed_in).await;
        bed.set_up_second_factor(waiting).await;
        others.push(bed.actor(&signed_in).await);
    }
    // Somebody with the role whose second factor is not set up.
    let signed_in = bed.member("new@example.org").await;
    let grant = ModerationAction::Grant(Role::RegistryStaff);
    let accounts = bed.storage.accounts();
    let granted = accounts.moderate(Actor::Operator, "new@example.org", grant, "A test");
    granted.await.unwrap();
    others.push(bed.actor(&signed_in).await);

    let (desk, present) = (bed.storage.registry(), staff.phone.code(bed.seconds()));
    for other in others {
        let found = desk.find_participant(other, &code).await;
        assert_eq!(found, Err(Error::NotFound), "{other:?}");
        let read = desk.participant(other, &code).await;
        assert_eq!(read, Err(Error::NotFound), "{other:?}");
        let opened = desk.open_access(other, &code, REASON, &present).await;
        assert_eq!(opened, Err(Error::NotFound), "{other:?}");
        let closed = desk.close_access(other, &code).await;
        assert_eq!(closed, Err(Error::NotFound), "{other:?}");
        let list = desk.accesses(other, None).await;
        assert_eq!(list, Err(Error::NotFound), "{other:?}");
    }
    let typed = code.to_lowercase().replace('-', " ");
    let found = desk.find_participant(staff.actor, &typed).await;
    assert_eq!(found, Ok(code));
    for nobody in ["RS-0000000000", "Ada", "", "RS-'; --"] {
        let found = desk.find_participant(staff.actor, nobody).await;
        assert_eq!(field(found), "code", "{nobody}");
        let read = desk.participant(staff.actor, nobody).await;
        assert_eq!(read, Err(Error::NotFound), "{nobody}");
    }
}

async fn a_state_says_nothing_of_answers(bed: Bed) {
    let ada = bed.enroller(ADA).await;
    let at = bed.begins(ada).await;
    let code = bed.pseudonym(ada, &at).await;
    let staff = bed.staff("staff@example.org").await;
    let (registry, today) = (bed.storage.registry(), CalendarDate::parse("2026-01-03"));
    let state = async || bed.seen(&staff, &code).await.state;
    assert_eq!(state().await, ParticipantState::ScreeningOpen);
    bed.answers_all(ada, &at, own_answers()).await;
    assert_eq!(state().await, ParticipantState::ConsentOpen);
    bed.sign(ada, &at, signing(ADULT, 1)).await.unwrap();
    assert_eq!(state().await, ParticipantState::PermissionsOpen);
    for answer in sparing() {
        registry
            .set_permission(ada, &at, answer, None)
            .await
            .unwrap();
    }
    let seen = bed.seen(&staff, &code).await;
    assert_eq!(seen.state, ParticipantState::Enrolled);
    assert_eq!(
        (seen.pseudonym.as_str(), Some(seen.begun)),
        (code.as_str(), today)
    );
    assert!(seen.is_contacted && seen.is_in_use && seen.has_identity);
    assert_eq!((seen.withdrawn, seen.access.clone()), (None, None));
    let signed: Vec<_> = seen
        .signed
        .iter()
        .map(|one| (one.is_assent, one.version))
        .collect();
    assert_eq!(signed, [(false, 1)]);
    let told = serde_json::to_string(&seen).unwrap();
    for answer in [
        "Canary",
        "Lovelace",
        "1984-03-27",
        "90182077",
        "Germany",
        "\"DE\"",
        "affected",
        "adult",
        "myself",
        ADA,
        at.as_str(),
    ] {
        assert!(!told.contains(answer), "{answer}: {told}");
    }
    // Reading how far somebody is is no look at who it is.
    let ledger = registry.ledger(ada, &at).await.unwrap();
    let viewed =
        |line: &domain::registry::LedgerLine| matches!(line.what, LedgerEvent::Viewed { .. });
    assert!(!ledger.iter().any(viewed));

    registry
        .withdraw(ada, &at, Withdrawal::NoContact)
        .await
        .unwrap();
    let seen = bed.seen(&staff, &code).await;
    assert_eq!(seen.state, ParticipantState::Enrolled);
    assert_eq!(seen.withdrawn, Some(Withdrawal::NoContact));
    assert!(!seen.is_contacted && seen.is_in_use);
    registry
        .withdraw(ada, &at, Withdrawal::NoNewUse)
        .await
        .unwrap();
    let seen = bed.seen(&staff, &code).await;
    assert_eq!(seen.state, ParticipantState::Withdrawn);
    assert!(!seen.is_in_use && seen.has_identity);
}

async fn staff_see_who_it_is_for_an_hour(bed: Bed) {
    let (ada, at) = bed.enrolled(ADA).await;
    let code = bed.pseudonym(ada, &at).await;
    let staff = bed.staff("staff@example.org").await;
    let desk = bed.storage.registry();
    let present = staff.phone.code(bed.seconds());
    // What is refused uses no code up.
    for reason in ["", "Because", &"a".repeat(501)] {
        let refused = desk.open_access(staff.actor, &code, reason, &present).await;
        assert_eq!(field(refused), "reason", "{reason}");
    }
    let refused = desk.open_access(staff.actor, &code, REASON, &wrong()).await;
    assert_eq!(field(refused), "code");
    assert_eq!(bed.identity(&staff, &code).await, None);
    assert_eq!(bed.number("SELECT count(*) FROM registry_access").await, 0);

    bed.breaks_glass(&staff, &code).await.unwrap();
    let identity = bed.identity(&staff, &code).await.unwrap();
    assert_eq!(identity.name.as_deref(), Some("Ada Canary Lovelace"));
    let number = "+49 30 90182077".to_owned();
    assert_eq!(identity.contact, Some(Contact::Phone(number)));
    assert_eq!(identity.birth_date, CalendarDate::parse("1984-03-27"));
    assert_eq!(identity.country.map(Country::name), Some("Germany"));
    assert_eq!((identity.relationship, &identity.email), (None, &None));
    let told = serde_json::to_string(&bed.seen(&staff, &code).await).unwrap();
    for answer in [
        "Canary syndrome",
        "Canary registry",
        "Canary organisation",
        "affected",
        ADA,
    ] {
        assert!(!told.contains(answer), "{answer}: {told}");
    }
    // The same form once more does nothing more.
    bed.breaks_glass(&staff, &code).await.unwrap();
    assert_eq!(bed.number("SELECT count(*) FROM registry_access").await, 1);

    desk.close_access(staff.actor, &code).await.unwrap();
    assert_eq!(bed.seen(&staff, &code).await.access, None);
    assert_eq!(desk.close_access(staff.actor, &code).await, Ok(()));
    // The code is used up.
    assert_eq!(field(bed.breaks_glass(&staff, &code).await), "code");
    let recovery = staff.phone.recovery_code(0);
    let opened = desk
        .open_access(staff.actor, &code, REASON, &recovery)
        .await;
    assert_eq!(opened, Ok(()));
    desk.close_access(staff.actor, &code).await.unwrap();
    let again = desk
        .open_access(staff.actor, &code, REASON, &recovery)
        .await;
    assert_eq!(field(again), "code");

    bed.seconds_pass(60);
    bed.breaks_glass(&staff, &code).await.unwrap();
    bed.seconds_pass(3_599);
    assert!(bed.identity(&staff, &code).await.is_some());
    bed.seconds_pass(1);
    assert_eq!(bed.seen(&staff, &code).await.access, None);
    let states = async || -> Vec<AccessState> {
        let lines = desk.accesses(staff.actor, None).await.unwrap().lines;
        let details = lines.into_iter().filter_map(|line| line.details);
        details.map(|details| details.state).collect()
    };
    let closed = AccessState::Closed;
    assert_eq!(states().await, [AccessState::Expired, closed, closed]);
    bed.seconds_pass(91 * 24 * 3_600);
    assert!(states().await.is_empty());
}

async fn an_access_is_one_members(bed: Bed) {
    let (ada, at) = bed.enrolled(ADA).await;
    let code = bed.pseudonym(ada, &at).await;
    let one = bed.staff("one@example.org").await;
    let other = bed.staff("other@example.org").await;
    bed.breaks_glass(&one, &code).await.unwrap();
    assert_eq!(bed.seen(&other, &code).await.access, None);
    let desk = bed.storage.registry();
    desk.close_access(other.actor, &code).await.unwrap();
    assert!(bed.identity(&one, &code).await.is_some());
    // But each sees that the other has looked, and why.
    for staff in [&one, &other] {
        let lines = desk.accesses(staff.actor, None).await.unwrap().lines;
        assert_eq!(lines.len(), 1);
        assert_eq!(lines[0].pseudonym, code);
        let details = lines[0].details.clone().unwrap();
        assert_eq!(
            (details.reason.as_str(), details.state),
            (REASON, AccessState::Open)
        );
        let accounts = bed.storage.accounts();
        let record = accounts
            .find(Actor::Operator, "one@example.org")
            .await
            .unwrap();
        assert_eq!(details.by.handle, Some(record.handle));
    }
    bed.seconds_pass(60);
    bed.breaks_glass(&other, &code).await.unwrap();
    assert_eq!(desk.accesses(one.actor, None).await.unwrap().lines.len(), 2);
}

async fn the_participant_is_told(bed: Bed) {
    let ada = bed.enroller(ADA).await;
    let at = bed.begins(ada).await;
    let mut answers = own_answers();
    let asked = answers
        .iter()
        .position(|one| one.question() == Question::Contact);
    answers[asked.unwrap()] = Answer::Contact(Contact::Email);
    bed.answers_all(ada, &at, answers).await;
    let code = bed.pseudonym(ada, &at).await;
    let staff = bed.staff("staff@example.org").await;
    bed.letters().await;
    let events = bed.number("SELECT count(*) FROM event").await;
    bed.breaks_glass(&staff, &code).await.unwrap();
    let identity = bed.identity(&staff, &code).await.unwrap();
    assert_eq!(
        (identity.name, identity.email.as_deref()),
        (None, Some(ADA))
    );

    let ledger = bed.storage.registry().ledger(ada, &at).await.unwrap();
    let reason = REASON.to_owned();
    assert_eq!(ledger[0].what, LedgerEvent::Viewed { reason });
    assert_eq!(ledger[0].at, bed.storage.database().now());
    assert_eq!(bed.storage.registry().verify().await, Ok((1, None)));
    let letters = bed.letters().await;
    assert!(letters == [(ADA.to_owned(), Letter::ContactDetailsViewed)]);
    let letter = serde_json::to_string(&letters[0].1).unwrap().to_lowercase();
    for word in [
        "registry",
        "canary",
        "health",
        "research",
        &code.to_lowercase(),
    ] {
        assert!(!letter.contains(word), "{word}: {letter}");
    }
    // The log of the site says nothing of it.
    assert_eq!(bed.number("SELECT count(*) FROM event").await, events);
}

async fn wrong_codes_are_slowed_down(bed: Bed) {
    let (ada, at) = bed.enrolled(ADA).await;
    let code = bed.pseudonym(ada, &at).await;
    let staff = bed.staff("staff@example.org").await;
    let desk = bed.storage.registry();
    for _ in 0..5 {
        let refused = desk.open_access(staff.actor, &code, REASON, &wrong()).await;
        assert_eq!(field(refused), "code");
    }
    let early = bed.breaks_glass(&staff, &code).await;
    assert_eq!(early, Err(Error::TooMany));
    bed.seconds_pass(2);
    bed.breaks_glass(&staff, &code).await.unwrap();
    desk.close_access(staff.actor, &code).await.unwrap();
    // Whoever has entered a right one begins anew.
    let refused = desk.open_access(staff.actor, &code, REASON, &wrong()).await;
    assert_eq!(field(refused), "code");
}

async fn nobody_goes_through_codes(bed: Bed) {
    let (ada, at) = bed.enrolled(ADA).await;
    let code = bed.pseudonym(ada, &at).await;
    let staff = bed.staff("staff@example.org").await;
    let desk = bed.storage.registry();
    let mut found = 0;
    let refused = loop {
        let guess = format!("RS-{found:010}");
        let read = match found % 2 {
            0 => desk.find_participant(staff.actor, &guess).await.map(drop),
            _ => desk.participant(staff.actor, &guess).await.map(drop),
        };
        match read {
            Err(Error::Invalid { .. } | Error::NotFound) => found += 1,
            refused => break refused,
        }
    };
    assert_eq!((found, refused.unwrap_err().status()), (120, 429));
    let present = staff.phone.code(bed.seconds());
    let late = desk.open_access(staff.actor, &code, REASON, &present).await;
    assert_eq!(late.unwrap_err().status(), 429);
    bed.seconds_pass(3_600);
    assert!(desk.participant(staff.actor, &code).await.is_ok());
}
