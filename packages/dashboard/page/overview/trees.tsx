import type { JSX } from 'preact';
import type { ShownEndpoint, ShownTree } from '../../src/wire/trees.ts';
import { hashOf } from '../data/address.ts';
import { askForTrees } from '../data/ask.ts';
import { useAnswer } from '../data/use.ts';
import { percent } from '../parts/format.ts';

/** The endpoints of each service: how they stand, and why. */
export function Trees(): JSX.Element {
  const { answer, trouble } = useAnswer(askForTrees, 'trees', 1_000);
  return (
    <section class="card trees" aria-labelledby="trees-title">
      <h2 id="trees-title">Endpoints</h2>
      {answer ? (
        answer.map((tree) => <Tree key={tree.name} tree={tree} />)
      ) : (
        <p class="soft">{trouble ?? 'Loading …'}</p>
      )}
    </section>
  );
}

function Tree({ tree: { name, rows } }: { readonly tree: ShownTree }): JSX.Element {
  return (
    <table>
      <caption>
        <a href={`#${hashOf(name)}`}>{name}</a>
      </caption>
      <thead>
        <tr>
          {['Endpoint', 'State', 'Weight', 'In flight', 'Latency', 'Succeeded', 'Why'].map((title) => (
            <th key={title} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Endpoint key={row.id} row={row} service={name} />
        ))}
      </tbody>
    </table>
  );
}

function Endpoint({ row, service }: { readonly row: ShownEndpoint; readonly service: string }): JSX.Element {
  const { id, state, weight, load, latency, success, why } = row;
  return (
    <tr data-state={state}>
      <th scope="row">
        <a href={`#${hashOf(`${service}/${id}`)}`}>{id}</a>
      </th>
      <td>{state === 'open' ? 'ejected' : state}</td>
      <td>{percent(weight)}</td>
      <td>{load}</td>
      <td>{`${Math.round(latency)} ms`}</td>
      <td>{percent(success)}</td>
      <td>{why}</td>
    </tr>
  );
}
