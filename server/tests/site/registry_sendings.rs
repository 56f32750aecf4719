//! The forms of the registry, for the table of all forms.

use domain::policy::Action::{AskRegistry, BreakGlass, Enrol, ReadRegistryDesk};

use crate::sendings::{Form, form};

const STEP: &str = "/registry/enrol/{random}/{step}";
const PARTICIPANT: &str = "/admin/registry/{pseudonym}";

pub(crate) const TABLE: &[Form] = &[
    form(
        "/registry/enrol",
        "form=registry/begin-enrolment&key=walk",
        Enrol,
    ),
    form(
        "/registry/enrol/{random}",
        "form=registry/discard-enrolment&participant=0000000000",
        Enrol,
    ),
    form(
        "/registry/enrol/{random}",
        "form=registry/hand-over&participant=0000000000&email=walk%40example.org",
        Enrol,
    ),
    form(
        "/registry/enrol/{random}",
        "form=registry/represent&participant=0000000000&relationship=guardian&sure=yes",
        Enrol,
    ),
    form(
        "/take-over/{token}",
        "form=registry/take-over&token={link}&birth-day=1&birth-month=3&birth-year=2008",
        Enrol,
    ),
    form(
        STEP,
        "form=registry/answer&participant=0000000000&question=for-whom&for-whom=myself",
        Enrol,
    ),
    form(
        "/registry/enrol/{random}/consent",
        "form=registry/sign&participant=0000000000&whom=adult&version=1&name=A+walk&present=wrong",
        Enrol,
    ),
    form(
        "/registry/enrol/{random}/assent",
        "form=registry/sign&participant=0000000000&whom=assent-child&version=1&name=A+walk&present=wrong",
        Enrol,
    ),
    form(
        STEP,
        "form=registry/set-permission&participant=0000000000&permission=samples&choice=no",
        Enrol,
    ),
    form(
        "/registry/enrol/{random}/leave",
        "form=registry/withdraw&participant=0000000000&grade=no-contact",
        Enrol,
    ),
    form(
        "/registry/researchers/ask",
        "form=registry/ask&key=walk&name=A+walk&organisation=A+walk&email=walk%40example.org&text=A+walk",
        AskRegistry,
    ),
    form(
        "/admin/registry",
        "form=registry/close-request&id=0000000000",
        ReadRegistryDesk,
    ),
    form(
        "/admin/registry",
        "form=registry/find-participant&code=RS-0000000000",
        ReadRegistryDesk,
    ),
    form(
        PARTICIPANT,
        "form=registry/break-glass&participant=0000000000&reason=A+walk+along+forms&code=123456",
        BreakGlass,
    ),
    form(
        PARTICIPANT,
        "form=registry/close-access&participant=0000000000",
        BreakGlass,
    ),
];
