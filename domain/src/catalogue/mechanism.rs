/// Groups of the Mondo Disease Ontology that say how diseases come about or how they are sorted, and
/// nothing about what they are: "hereditary disease" has thousands of conditions that share nothing
/// else. The page of a condition does not name them, and who has only them in common is not related.
pub const MECHANISMS: [&str; 20] = [
    "MONDO:0000001", // disease
    "MONDO:0700096", // human disease
    "MONDO:7770006", // disease by body system or component
    "MONDO:7770007", // disease by developmental or physiological process
    "MONDO:7770008", // disease by etiologic mechanism
    "MONDO:7770009", // disease of genetic or genomic mechanism
    "MONDO:7770010", // disease of primarily extrinsic mechanism
    "MONDO:7770011", // disease by molecular mechanism
    "MONDO:0003847", // hereditary disease
    "MONDO:0000429", // autosomal genetic disease
    "MONDO:0000426", // autosomal dominant disease
    "MONDO:0006025", // autosomal recessive disease
    "MONDO:0000425", // X-linked disease
    "MONDO:0020604", // X-linked dominant disease
    "MONDO:0020605", // X-linked recessive disease
    "MONDO:0000428", // Y-linked disease
    "MONDO:0700007", // idiopathic disease
    "MONDO:0020683", // acute disease
    "MONDO:0042489", // disease susceptibility
    "MONDO:0020573", // inherited disease susceptibility
];
