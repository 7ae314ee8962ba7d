/** JSONata Transform: an expression over named values. */
import { defineCard, PlanError, RunError } from '@flowdeck/engine';
import { compileExpression, type EngineCode } from '@flowdeck/engine/kit';

export const jsonata = defineCard({
  id: 'expression.jsonata',
  title: 'JSONata Transform',
  description:
    'Evaluates a JSONata expression over the extra inputs, by their names. For an expression that is fixed in the document, an {"expr": ...} binding does the same and is compiled once.',
  kind: 'pure',
  inputs: [
    {
      key: 'expression',
      type: 'text',
      label: 'expression',
      required: true,
      description: 'JSONata 2. At most 20,000 characters.',
    },
  ],
  extraInputs: { type: 'any', description: 'Values that the expression reads by name.' },
  outputs: [
    {
      key: 'output',
      type: 'any',
      label: 'result',
      description: 'What the expression gives; null when that is nothing.',
    },
  ],
  errors: {
    'expression-syntax': 'The text is not an expression.',
    expression: 'The expression failed: a value of the wrong type, a function that does not exist.',
    'expression-too-long': 'The expression has more than 20,000 characters.',
    'expression-too-deep': 'The expression nests too deeply.',
    'expression-regex': 'The expression has a regular expression, or a function where a text is asked for.',
    'expression-signature': 'The expression declares the signature of a function.',
    'expression-eval': 'The expression evaluates another one.',
    'expression-port': 'The expression asks for the time or for randomness, which a pure card does not have.',
    'expression-picture': 'A picture of a number or a date is out of bounds.',
    'expression-input': 'A value that the expression reads nests too deeply.',
    'expression-result': 'The result is no value: a function, or a number that is not finite.',
    limit: 'The expression exceeds a bound on its steps, depth or size.',
    timeout: 'The expression took longer than a second.',
  },
  examples: [
    {
      title: 'Names of all items over 3',
      in: {
        expression: 'items[price > 3].name',
        items: [
          { name: 'pen', price: 2 },
          { name: 'ink', price: 5 },
          { name: 'desk', price: 90 },
        ],
      },
      out: { output: ['ink', 'desk'] },
    },
    { in: { expression: 'first & " " & last', first: 'Ada', last: 'Lovelace' }, out: { output: 'Ada Lovelace' } },
    { title: 'A faulty expression', in: { expression: '(1 + ' }, error: 'expression-syntax' },
  ],
  run: async (expression, values) => ({ output: await compiled(expression).evaluate(values) }),
});

/** A faulty expression in a value is an error of the run, not of the document. */
function compiled(expression: string): ReturnType<typeof compileExpression> {
  try {
    return compileExpression(expression);
  } catch (error) {
    if (!(error instanceof PlanError)) throw error;
    // The code is one of the engine's, for expressions.
    throw new RunError(error.code as EngineCode, error.message, {
      cause: error,
      ...(error.hint === undefined ? {} : { hint: error.hint }),
    });
  }
}
