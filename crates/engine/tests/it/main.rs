//! Behaviour of the engine, each clever path beside a plain one.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod belief;
mod cases;
mod change;
mod choice;
mod compared;
mod consistent;
mod distribution;
mod draw;
mod ensemble;
mod enumeration;
mod firmness;
mod formulas;
mod hypotheses;
mod importance;
mod pairs;
mod power;
mod precision;
mod prim;
mod programs;
mod published;
mod sampled;
mod samples;
mod sensitivity;
mod settled;
mod shape;
mod structure;
mod succession;
mod why_not;
