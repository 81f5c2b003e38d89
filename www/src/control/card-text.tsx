import { blocks, type Inline } from "./markdown";

function Text({ parts }: { parts: Inline[] }) {
  return <>{parts.map(({ kind, text }, at) => (kind === "strong" ? <strong key={at}>{text}</strong> : kind === "code" ? <code key={at}>{text}</code> : text))}</>;
}

/** A model card under a heading of its page: its own title is that heading's, so it is left out. */
export function CardText({ markdown }: { markdown: string }) {
  return (
    <div class="v-model-card">
      {blocks(markdown).map((block, at) => {
        switch (block.kind) {
          case "heading":
            return block.level === 1 ? null : (
              <h4 key={at} class="govuk-heading-s">
                <Text parts={block.text} />
              </h4>
            );
          case "paragraph":
            return (
              <p key={at} class="govuk-body">
                <Text parts={block.text} />
              </p>
            );
          case "list":
            return (
              <ul key={at} class="govuk-list govuk-list--bullet">
                {block.items.map((item, number) => (
                  <li key={number}>
                    <Text parts={item} />
                  </li>
                ))}
              </ul>
            );
          case "table":
            return (
              // Scrolled with the keyboard too, where it is wider than the page.
              <div key={at} class="v-scroll" tabIndex={0} role="group" aria-label={block.head?.map((cell) => cell.map(({ text }) => text).join("")).join(", ")}>
                <table class="v-model-card__table">
                  {block.head !== undefined && (
                    <thead>
                      <tr>
                        {block.head.map((cell, column) => (
                          <th key={column} scope="col">
                            <Text parts={cell} />
                          </th>
                        ))}
                      </tr>
                    </thead>
                  )}
                  <tbody>
                    {block.rows.map(([first = [], ...rest], row) => (
                      <tr key={row}>
                        <th scope="row">
                          <Text parts={first} />
                        </th>
                        {rest.map((cell, column) => (
                          <td key={column}>
                            <Text parts={cell} />
                          </td>
                        ))}
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            );
        }
      })}
    </div>
  );
}
