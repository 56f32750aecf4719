use std::ops::Range;

/// A number as the index stores it.
pub(super) fn narrow(number: impl TryInto<u32>) -> u32 {
    number
        .try_into()
        .unwrap_or_else(|_| panic!("a catalogue has fewer than four billion names"))
}

/// Many short texts end to end in one, without an allocation for each.
#[derive(Default)]
pub(super) struct Texts {
    all: String,
    ends: Vec<u32>,
}

impl Texts {
    pub(super) fn push(&mut self, text: &str) {
        self.all.push_str(text);
        self.ends.push(narrow(self.all.len()));
    }

    /// Gives back what was reserved for more.
    pub(super) fn complete(mut self) -> Self {
        self.all.shrink_to_fit();
        self.ends.shrink_to_fit();
        self
    }

    pub(super) fn get(&self, place: u32) -> &str {
        let place = place as usize;
        let start = place.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.all[start as usize..self.ends[place] as usize]
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..narrow(self.len())).map(|place| self.get(place))
    }

    pub(super) fn bytes(&self) -> usize {
        self.all.len() + size_of_val(&*self.ends)
    }
}

impl<T: AsRef<str>> FromIterator<T> for Texts {
    fn from_iter<I: IntoIterator<Item = T>>(texts: I) -> Self {
        let mut all = Self::default();
        for text in texts {
            all.push(text.as_ref());
        }
        all.complete()
    }
}

/// Many short lists of numbers end to end in one.
pub(super) struct Lists {
    starts: Box<[u32]>,
    items: Box<[u32]>,
}

impl Lists {
    /// The lists in order.
    pub(super) fn in_order<I: IntoIterator<Item = u32>>(lists: impl Iterator<Item = I>) -> Self {
        let mut starts = vec![0];
        let mut items = Vec::new();
        for list in lists {
            items.extend(list);
            starts.push(narrow(items.len()));
        }
        Self {
            starts: starts.into(),
            items: items.into(),
        }
    }

    /// Takes `(list, item)` pairs in any order; the lists are numbered below `count`. Items keep
    /// their order; one that repeats the item before it is dropped.
    pub(super) fn gather(count: usize, pairs: impl Iterator<Item = (u32, u32)> + Clone) -> Self {
        let mut starts = vec![0; count + 1];
        for (list, _) in pairs.clone() {
            starts[list as usize + 1] += 1;
        }
        for list in 0..count {
            starts[list + 1] += starts[list];
        }
        let mut ends = starts[..count].to_vec();
        let mut items = vec![0; starts[count] as usize];
        for (list, item) in pairs {
            let list = list as usize;
            let end = ends[list] as usize;
            if end > starts[list] as usize && items[end - 1] == item {
                continue;
            }
            items[end] = item;
            ends[list] += 1;
        }
        // Dropped repetitions left gaps between the lists.
        let mut length = 0;
        for list in 0..count {
            let (start, end) = (starts[list] as usize, ends[list] as usize);
            items.copy_within(start..end, length);
            starts[list] = narrow(length);
            length += end - start;
        }
        starts[count] = narrow(length);
        items.truncate(length);
        Self {
            starts: starts.into(),
            items: items.into(),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.starts.len() - 1
    }

    pub(super) fn get(&self, list: u32) -> &[u32] {
        self.span(list..list + 1)
    }

    /// Consecutive lists as one.
    pub(super) fn span(&self, lists: Range<u32>) -> &[u32] {
        let start = self.starts[lists.start as usize];
        let end = self.starts[lists.end.max(lists.start) as usize];
        &self.items[start as usize..end as usize]
    }

    /// All pairs of list and item, list by list.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (u32, u32)> + Clone {
        (0..narrow(self.len()))
            .flat_map(|list| self.get(list).iter().map(move |&item| (list, item)))
    }

    pub(super) fn bytes(&self) -> usize {
        size_of_val(&*self.starts) + size_of_val(&*self.items)
    }
}

/// A set of conditions, one bit for each.
#[derive(Clone)]
pub(super) struct ConditionSet {
    bits: Box<[u64]>,
}

impl ConditionSet {
    /// The empty set among `count` conditions.
    pub(super) fn empty(count: usize) -> Self {
        Self {
            bits: vec![0; count.div_ceil(64)].into(),
        }
    }

    pub(super) fn insert_all(&mut self, conditions: &[u32]) {
        for &condition in conditions {
            self.bits[condition as usize / 64] |= 1 << (condition % 64);
        }
    }

    pub(super) fn unite(&mut self, other: &Self) {
        for (bits, other) in self.bits.iter_mut().zip(&other.bits) {
            *bits |= other;
        }
    }

    pub(super) fn contains(&self, condition: u32) -> bool {
        self.bits[condition as usize / 64] >> (condition % 64) & 1 == 1
    }

    pub(super) fn bytes(&self) -> usize {
        size_of_val(&*self.bits)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.bits.iter().all(|&bits| bits == 0)
    }

    pub(super) fn count(&self) -> u32 {
        self.bits.iter().map(|bits| bits.count_ones()).sum()
    }

    /// What all of the sets hold; nothing if there are none.
    pub(super) fn common<'a>(mut sets: impl Iterator<Item = &'a Self>) -> Option<Self> {
        let mut common = sets.next()?.clone();
        for set in sets {
            for (bits, other) in common.bits.iter_mut().zip(&set.bits) {
                *bits &= other;
            }
        }
        Some(common)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = u32> {
        (0u32..).zip(&self.bits).flat_map(|(block, &bits)| {
            let mut left = bits;
            std::iter::from_fn(move || {
                (left != 0).then(|| {
                    let bit = left.trailing_zeros();
                    left &= left - 1;
                    block * 64 + bit
                })
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn texts_are_kept() {
        let texts: Texts = ["one", "", "three"].iter().collect();
        assert_eq!(texts.iter().collect::<Vec<_>>(), ["one", "", "three"]);
    }

    proptest! {
        #[test]
        fn lists_hold_what_was_gathered(pairs in prop::collection::vec((0u32..6, 0u32..4), 0..40)) {
            let lists = Lists::gather(6, pairs.iter().copied());
            for list in 0..6 {
                let of_list = pairs.iter().filter(|pair| pair.0 == list);
                let mut expected: Vec<u32> = of_list.map(|pair| pair.1).collect();
                expected.dedup();
                prop_assert_eq!(lists.get(list), expected);
            }
        }

        #[test]
        fn sets_hold_what_was_inserted(
            one in prop::collection::btree_set(0u32..200, 0..50),
            other in prop::collection::btree_set(0u32..200, 0..50),
        ) {
            let set = |numbers: &std::collections::BTreeSet<u32>| {
                let mut set = ConditionSet::empty(200);
                set.insert_all(&numbers.iter().copied().collect::<Vec<_>>());
                set
            };
            let common = ConditionSet::common([set(&one), set(&other)].iter());
            let common: Vec<u32> = common.iter().flat_map(ConditionSet::iter).collect();
            prop_assert_eq!(common, one.intersection(&other).copied().collect::<Vec<_>>());
            let mut both = set(&one);
            both.unite(&set(&other));
            prop_assert_eq!(both.count() as usize, one.union(&other).count());
        }
    }
}
