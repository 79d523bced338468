#!/bin/sh
# One ensemble as an array of jobs: every task computes one shard. How to use it: README.md beside this file.
#SBATCH --job-name=sinario-firm
#SBATCH --array=1-20
#SBATCH --cpus-per-task=2
#SBATCH --mem=2G
#SBATCH --time=02:00:00
#SBATCH --output=sinario-firm-%A_%a.log

# Tasks are counted from 1, as shards are. The number of shards stands here and not in the array, so that a few of
# them can be computed again by themselves.
exec sinario firm "${CASE:?the case: a file, or a folder with a case.toml}" \
  --members "${MEMBERS:-10000}" --seed "${SEED:-1}" \
  --shard "${SLURM_ARRAY_TASK_ID:?started by sbatch}/${SHARDS:-20}" --threads "${SLURM_CPUS_PER_TASK:-2}" \
  --out "${OUT:?the folder for the shards}" --quiet
