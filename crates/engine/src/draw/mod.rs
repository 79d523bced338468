//! Uniform numbers for every site of a program: plain, Latin hypercube or scrambled Sobol, correlated by rank.

/// How the uniform numbers are laid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Sampling {
    /// Independent draws.
    #[default]
    Plain,
    /// Latin hypercube within each block (McKay, Beckman and Conover 1979).
    Latin,
    /// Sobol's sequence with Owen's scrambling, several independent replicates of it (Owen 1997).
    Sobol,
}
