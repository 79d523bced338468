//! Behaviour of the engine, each clever path beside a plain one.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod belief;
mod cases;
mod change;
mod compared;
mod consistent;
mod ensemble;
mod enumeration;
mod firmness;
mod hypotheses;
mod importance;
mod power;
mod prim;
mod published;
mod sampled;
mod sensitivity;
mod settled;
mod shape;
mod structure;
mod succession;
mod why_not;
