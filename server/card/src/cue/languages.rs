//! The languages whose cues are known. The next one is a file like the others, named by its
//! tag, and that tag here.

use super::Language;

macro_rules! languages {
    ($($tag:ident)*) => {
        $(mod $tag;)*

        /// All of them.
        pub const LANGUAGES: &[Language] = &[$($tag::LANGUAGE),*];
    };
}

languages!(ca de en es eu fr gl it nl pl pt sv);
