//! The two pages: the visitor's conversation and the agent's desk, and what they share.

pub mod agent;
pub mod browser;
pub mod connection;
pub mod json;
pub mod parts;
pub mod visitor;
