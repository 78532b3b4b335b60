import { PageHead } from '@charter/console-kit';
import { Empty, Section } from '@charter/kit';

export default function Bridges() {
  return (
    <>
      <PageHead title="Bridges">Bridges carry messages on from this server to other systems.</PageHead>
      <Section>
        <Empty title="There is no bridge yet" icon="bridges">
          The IoT Bridge for Snowflake comes with a later release. It will carry the messages of chosen topics into tables of Snowflake, and be set up on this page.
        </Empty>
      </Section>
    </>
  );
}
