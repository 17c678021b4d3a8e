// What may import what. Arrows point one way: schemas ← launch ← bench/swarm ← conformance, bench ← reports ← cli.

/** The files of a room may import those of the same room and of the rooms that it builds on, and packages. */
function room(path, allowed, comment) {
  const rooms = [path, ...allowed].join('|');
  return {
    name: path.replaceAll(/\W+/g, '-'),
    severity: 'error',
    comment,
    from: { path: `^(${path})/`, pathNot: '[.]test[.]ts$|/test-support/' },
    to: { dependencyTypesNot: ['core', 'npm', 'npm-dev'], pathNot: `^(${rooms})(/|$)|^node_modules/` },
  };
}

export default {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      comment: 'Files that import each other, types included, can only be understood, moved and tested together.',
      from: {},
      to: { circular: true },
    },
    room('schemas', [], 'The schemas are the ground that everything stands on.'),
    room(
      'impl/reference',
      ['schemas/types.ts'],
      'The reference shares only the types of messages, so it can disagree.',
    ),
    room('impl/reference/core', ['schemas/types.ts'], 'The core knows no sockets, files, clocks or commands.'),
    room('launch', ['schemas'], 'Launching knows nothing of what the programs are started for.'),
    room('bench/relay', ['schemas', 'launch'], 'The relay forwards, shapes and counts; it does not know the swarm.'),
    room('bench/measurement', ['schemas', 'launch', 'bench/relay'], 'A measurement looks at a swarm; it starts none.'),
    room(
      'bench/swarm',
      ['schemas', 'launch', 'bench/relay', 'bench/measurement'],
      'A swarm knows no grid and no rounds.',
    ),
    room('bench/compare/gate', ['schemas/types.ts', 'schemas/exit-codes.ts'], 'The gate decides from numbers alone.'),
    room('bench/micro', ['impl/reference'], 'Micro-benchmarks measure parts of the reference, and know nothing else.'),
    room('bench', ['schemas', 'launch', 'impl/reference'], 'Measuring prints nothing, and judges no clause.'),
    room(
      'conformance',
      ['schemas', 'launch', 'bench/swarm', 'bench/relay', 'bench/measurement'],
      'The judge prints nothing, and shares no code with what it judges.',
    ),
    room('reports', ['schemas', 'launch', 'bench', 'conformance'], 'A report shows a result; it knows no command.'),
    room(
      'cli',
      ['schemas', 'launch', 'bench', 'conformance', 'reports', 'impl/reference', 'package.json'],
      'What users run does not depend on what proves it.',
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    moduleSystems: ['es6'],
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
