//! Formulas worked out for many rows at once, a column at a time.
//!
//! What is alike in all rows is worked out once, what hangs on the cell alone once for each cell, and what no output
//! looks at never. Where a row has no value it is not a number; [`Block::failed`] then tells why. The bits are those
//! of [`Walk`](super::Walk).
//!
//! A draw that is shared cancels: `x - x` is 0 in every row. Every operation is rounded by itself, so that
//! `a / (a + b) + b / (a + b)` is 1 to within 2^-52.

use super::column::{self, Of};
use super::plain::{self, Failed};
use super::{Distribution, Node, Program, Site, Step};
use crate::distribution::Law;
use crate::sample::Failure;
use crate::{Driver, State};

/// Rows that are worked out together: few enough for the columns of some hundred steps to stay near the processor.
pub const STRIP: usize = 512;

/// Where the value of a step is found.
enum Held {
    /// No output looks at it.
    Nowhere,
    /// Alike in all rows.
    Same(f64),
    /// By cell.
    Cell(Vec<f64>),
    /// In this column.
    Row(usize),
}

/// Laws of a draw.
enum Laws {
    /// One for all rows; `None`: its parameters allow no draw.
    Same(Option<Law>),
    /// By cell.
    Cell(Vec<Option<Law>>),
    /// Another in each row.
    Row,
}

/// What is done for each strip.
enum Task {
    /// Looks the values of a step up by cell.
    Look(Node),
    /// Works a step out.
    Work(Node),
    /// Draws.
    Draw(Node, Laws),
}

/// A program made ready for some cells.
///
/// ```
/// use sinario_engine::formula::{Binary, Block, Node, Program, Rows, Step};
/// use sinario_engine::{Driver, State};
/// let steps = vec![
///     Step::Is(Driver(4), State(1)),
///     Step::Number(10.0),
///     Step::Binary(Binary::Multiply, Node(0), Node(1)),
/// ];
/// let program = Program { steps, outputs: vec![Node(2)] };
/// let block = Block::new(&program, &[Driver(4)], &[vec![State(0)], vec![State(1)]]);
/// let mut columns = block.columns();
/// block.evaluate(&Rows { cells: &[1, 0, 1], uniforms: &[] }, &mut columns);
/// let mut out = [0.0; 3];
/// block.output(0, &[1, 0, 1], &columns, &mut out);
/// assert_eq!(out, [10.0, 0.0, 10.0]);
/// ```
pub struct Block<'p> {
    program: &'p Program,
    held: Vec<Held>,
    /// Each with the column that it fills; a column is looked at by later ones only.
    tasks: Vec<Task>,
    /// For each step that is looked up by cell, its column.
    looked_up: Vec<Option<usize>>,
    needed: Vec<bool>,
    /// By site, the place of its first uniform number and whether it takes two.
    places: Vec<Option<(usize, bool)>>,
    dimensions: usize,
}

/// Rows to work out, at most [`STRIP`].
#[derive(Clone, Copy)]
pub struct Rows<'a> {
    /// The cell of each.
    pub cells: &'a [u32],
    /// For each dimension ([`Block::dimensions`]), a number above 0 and below 1 for each.
    pub uniforms: &'a [&'a [f64]],
}

/// Room for the values of a strip, written anew by each.
pub struct Columns(Vec<Vec<f64>>);

impl<'p> Block<'p> {
    /// Makes a program ready for cells, each one state of each of the named drivers. A test of a driver that is not
    /// named holds nowhere.
    pub fn new(program: &'p Program, named: &[Driver], cells: &[Vec<State>]) -> Block<'p> {
        let needed = program.needed();
        let (places, dimensions) = places(program, &needed);
        let mut block = Block {
            program,
            held: Vec::with_capacity(program.steps.len()),
            tasks: Vec::new(),
            looked_up: vec![None; program.steps.len()],
            needed,
            places,
            dimensions,
        };
        for (at, step) in program.steps.iter().enumerate() {
            let held = if block.needed[at] {
                block.hold(at, step, named, cells)
            } else {
                Held::Nowhere
            };
            block.held.push(held);
        }
        block
    }

    /// Where a step is worked out, which is done here but for what varies by row.
    fn hold(&mut self, at: usize, step: &Step, named: &[Driver], cells: &[Vec<State>]) -> Held {
        // The cast: steps are counted in u32.
        let node = Node(at as u32);
        let operands = step.operands();
        let rows = |h: &Held| matches!(h, Held::Row(_));
        let by_cell = |h: &Held| matches!(h, Held::Cell(_));
        let any =
            |test: &dyn Fn(&Held) -> bool| operands.iter().any(|o| test(&self.held[o.0 as usize]));
        match step {
            Step::Number(value) => Held::Same(column::finite(*value)),
            Step::Is(driver, state) => {
                let place = named.iter().position(|d| d == driver);
                let is = |cell: &Vec<State>| place.is_some_and(|p| cell[p] == *state);
                Held::Cell(cells.iter().map(|c| f64::from(u8::from(is(c)))).collect())
            }
            Step::Draw(_, distribution) => {
                let laws = if any(&rows) {
                    Laws::Row
                } else if any(&by_cell) {
                    Laws::Cell(
                        (0..cells.len())
                            .map(|c| self.law(distribution, c))
                            .collect(),
                    )
                } else {
                    Laws::Same(self.law(distribution, 0))
                };
                if matches!(laws, Laws::Row) {
                    self.look_up(&operands);
                }
                self.add(Task::Draw(node, laws))
            }
            _ if any(&rows) => {
                self.look_up(&operands);
                self.add(Task::Work(node))
            }
            _ if any(&by_cell) => {
                let mut values = vec![0.0; cells.len()];
                self.work(step, |n| self.by_cell(n), &mut values);
                Held::Cell(values)
            }
            _ => {
                let mut value = [0.0];
                self.work(step, |n| self.by_cell(n), &mut value);
                Held::Same(value[0])
            }
        }
    }

    fn add(&mut self, task: Task) -> Held {
        self.tasks.push(task);
        Held::Row(self.tasks.len() - 1)
    }

    /// Gives columns to those that are held by cell.
    fn look_up(&mut self, nodes: &[Node]) {
        for &node in nodes {
            let at = node.0 as usize;
            if matches!(self.held[at], Held::Cell(_)) && self.looked_up[at].is_none() {
                self.tasks.push(Task::Look(node));
                self.looked_up[at] = Some(self.tasks.len() - 1);
            }
        }
    }

    /// The law of a draw in a cell; its parameters do not vary by row.
    fn law(&self, distribution: &Distribution, cell: usize) -> Option<Law> {
        distribution.law(&|n| self.by_cell(n).at(cell)).ok()
    }

    fn by_cell(&self, node: Node) -> Of<'_> {
        match &self.held[node.0 as usize] {
            Held::Same(value) => Of::Same(*value),
            Held::Cell(values) => Of::Each(values),
            Held::Nowhere | Held::Row(_) => Of::Same(f64::NAN),
        }
    }

    /// How many uniform numbers a row takes.
    pub fn dimensions(&self) -> usize {
        self.dimensions
    }

    /// By site, the dimension of its first uniform number, the one that correlates, and whether it takes the next as
    /// well; `None` where no output looks at it.
    pub fn places(&self) -> &[Option<(usize, bool)>] {
        &self.places
    }

    /// Room to work in.
    pub fn columns(&self) -> Columns {
        Columns(vec![vec![0.0; STRIP]; self.tasks.len()])
    }

    /// Works out a strip.
    pub fn evaluate(&self, rows: &Rows<'_>, columns: &mut Columns) {
        let count = rows.cells.len();
        for (at, task) in self.tasks.iter().enumerate() {
            let (before, rest) = columns.0.split_at_mut(at);
            let out = &mut rest[0][..count];
            match task {
                Task::Look(node) => self.look(*node, rows.cells, out),
                Task::Work(node) => {
                    let step = &self.program.steps[node.0 as usize];
                    self.work(step, |n| self.by_row(n, before, count), out);
                }
                Task::Draw(node, laws) => self.draw(*node, laws, rows, before, out),
            }
        }
    }

    fn look(&self, node: Node, cells: &[u32], out: &mut [f64]) {
        if let Held::Cell(values) = &self.held[node.0 as usize] {
            let each = out.iter_mut().zip(cells);
            each.for_each(|(out, &cell)| *out = values[cell as usize]);
        }
    }

    fn work<'a>(&self, step: &Step, of: impl Fn(Node) -> Of<'a>, out: &mut [f64]) {
        match step {
            Step::Unary(op, a) => column::unary(*op, of(*a), out),
            Step::Binary(op, a, b) => column::binary(*op, of(*a), of(*b), out),
            Step::If {
                test,
                then,
                otherwise,
            } => column::choose(of(*test), of(*then), of(*otherwise), out),
            // They are never worked out from operands.
            Step::Number(_) | Step::Is(..) | Step::Draw(..) => {}
        }
    }

    fn by_row<'a>(&self, node: Node, columns: &'a [Vec<f64>], count: usize) -> Of<'a> {
        let at = node.0 as usize;
        match (&self.held[at], &self.looked_up[at]) {
            (Held::Same(value), _) => Of::Same(*value),
            (Held::Row(column), _) | (_, Some(column)) => Of::Each(&columns[*column][..count]),
            // What a row looks at was given a column.
            (Held::Nowhere | Held::Cell(_), None) => Of::Same(f64::NAN),
        }
    }

    fn draw(&self, node: Node, laws: &Laws, rows: &Rows<'_>, before: &[Vec<f64>], out: &mut [f64]) {
        let Step::Draw(site, distribution) = &self.program.steps[node.0 as usize] else {
            return;
        };
        let Some((u, v)) = self.uniforms(*site, distribution, rows.uniforms) else {
            return;
        };
        match laws {
            Laws::Same(None) => out.fill(f64::NAN),
            Laws::Same(Some(law)) => law.quantiles2(u, v, out),
            Laws::Cell(laws) => {
                for (row, out) in out.iter_mut().enumerate() {
                    let law = &laws[rows.cells[row] as usize];
                    *out = law
                        .as_ref()
                        .map_or(f64::NAN, |l| l.quantile2(u[row], v[row]));
                }
            }
            Laws::Row => {
                for (row, out) in out.iter_mut().enumerate() {
                    let value = |n| self.by_row(n, before, rows.cells.len()).at(row);
                    let law = distribution.law(&value);
                    *out = law.map_or(f64::NAN, |l| l.quantile2(u[row], v[row]));
                }
            }
        }
        out.iter_mut().for_each(|x| *x = column::finite(*x));
    }

    /// The uniform numbers of a draw; the second is the first where it takes one only.
    fn uniforms<'a>(
        &self,
        site: Site,
        distribution: &Distribution,
        uniforms: &[&'a [f64]],
    ) -> Option<(&'a [f64], &'a [f64])> {
        let (place, _) = self.places[site.0 as usize]?;
        let second = if distribution.picks() {
            place + 1
        } else {
            place
        };
        Some((uniforms[place], uniforms[second]))
    }

    /// Writes the values of an output.
    pub fn output(&self, output: usize, cells: &[u32], columns: &Columns, out: &mut [f64]) {
        let node = self.program.outputs[output];
        match self.by_row(node, &columns.0, cells.len()) {
            Of::Each(values) => out.copy_from_slice(values),
            Of::Same(value) => out.fill(value),
        }
        self.look(node, cells, out);
    }

    /// The value of a step in a row; not a number where it has none.
    fn at(&self, node: Node, row: usize, cells: &[u32], columns: &Columns) -> f64 {
        match &self.held[node.0 as usize] {
            Held::Same(value) => *value,
            Held::Cell(values) => values[cells[row] as usize],
            Held::Row(column) => columns.0[*column][row],
            Held::Nowhere => f64::NAN,
        }
    }

    /// The first step at which a row failed on the way to an output, as [`Walk::value`](super::Walk::value) tells it;
    /// `None` where the output has a value.
    pub fn failed(
        &self,
        output: usize,
        row: usize,
        cells: &[u32],
        columns: &Columns,
    ) -> Option<Failed> {
        let value = |node| self.at(node, row, cells, columns);
        let mut at = self.program.outputs[output];
        if !value(at).is_nan() {
            return None;
        }
        // Downwards along what is not a number, until all that is looked at has a value.
        loop {
            let step = &self.program.steps[at.0 as usize];
            let failed = |node: &Node| value(*node).is_nan();
            let below = match step {
                Step::If {
                    test,
                    then,
                    otherwise,
                } => Some(match value(*test) {
                    t if t.is_nan() => *test,
                    t if t != 0.0 => *then,
                    _ => *otherwise,
                }),
                step => step.operands().into_iter().find(failed),
            };
            if let Some(below) = below {
                at = below;
                continue;
            }
            let found = match step {
                Step::Unary(op, a) => plain::unary(*op, value(*a)),
                Step::Binary(op, a, b) => plain::binary(*op, value(*a), value(*b)),
                Step::Draw(_, distribution) => distribution.law(&value).map(|_| f64::NAN),
                Step::Number(_) | Step::Is(..) | Step::If { .. } => Ok(f64::NAN),
            };
            // A number or a draw that is not finite.
            let failure = found.err().unwrap_or(Failure::TooLarge);
            return Some(Failed { at, failure });
        }
    }

    /// Calls back with the site, the row and the value of every draw that a row looks at on the way to some output.
    pub fn looked_at(
        &self,
        cells: &[u32],
        columns: &Columns,
        mut found: impl FnMut(Site, usize, f64),
    ) {
        let mut looks = vec![Vec::new(); self.program.steps.len()];
        for output in &self.program.outputs {
            looks[output.0 as usize] = vec![true; cells.len()];
        }
        for (at, step) in self.program.steps.iter().enumerate().rev() {
            // The cast: steps are counted in u32.
            let value = |node, row| self.at(node, row, cells, columns);
            let rows = std::mem::take(&mut looks[at]);
            for row in (0..rows.len()).filter(|&row| rows[row]) {
                let mut look = |node: Node| {
                    let looks = &mut looks[node.0 as usize];
                    looks.resize(cells.len(), false);
                    looks[row] = true;
                };
                match step {
                    Step::If {
                        test,
                        then,
                        otherwise,
                    } => {
                        look(*test);
                        let held = value(*test, row);
                        if !held.is_nan() {
                            look(if held != 0.0 { *then } else { *otherwise });
                        }
                    }
                    Step::Draw(site, distribution) => {
                        distribution.parameters().into_iter().for_each(look);
                        found(*site, row, value(Node(at as u32), row));
                    }
                    step => step.operands().into_iter().for_each(look),
                }
            }
        }
    }
}

/// By site that an output may look at, the dimension of its first uniform number and whether it takes two; and how
/// many dimensions there are.
fn places(program: &Program, needed: &[bool]) -> (Vec<Option<(usize, bool)>>, usize) {
    let mut two: Vec<Option<bool>> = vec![None; program.sites()];
    for (step, _) in program
        .steps
        .iter()
        .zip(needed)
        .filter(|(_, needed)| **needed)
    {
        if let Step::Draw(Site(site), distribution) = step {
            let two = &mut two[*site as usize];
            *two = Some(two.unwrap_or(false) || distribution.picks());
        }
    }
    let mut dimensions = 0;
    let place = |two: Option<bool>| {
        let place = two.map(|two| (dimensions, two));
        dimensions += two.map_or(0, |two| 1 + usize::from(two));
        place
    };
    let places = two.into_iter().map(place).collect();
    (places, dimensions)
}
