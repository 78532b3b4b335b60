import { doneColumns, type DoneWords, Listing, PageHead } from '@charter/console-kit';
import { Empty, Icon } from '@charter/kit';
import Button from '@mui/material/Button';
import { usePages, type ReadOf } from '../api';

type Entry = ReadOf<'/api/audit'>['items'][number];

const WORDS: DoneWords = {
  'POST /api/license/key-checks': ['Typed a license key', 'Check of a license key'],
  'POST /api/license/activations': ['Activated online', 'Activation online'],
  'POST /api/license/reactivations': ['Reactivated', 'Reactivation'],
  'POST /api/license/deactivations': ['Deactivated', 'Deactivation'],
  'POST /api/license/usage-requests': ['Made a usage request', 'New usage request'],
  'POST /api/license/letter-checks': ['Gave a letter', 'Check of a letter'],
  'POST /api/license/usage-licenses': ['Installed what the vendor sent', 'Installation of what the vendor sent'],
  'POST /api/license/pool-looks': ['Looked at license servers', 'Look at license servers'],
  'POST /api/license/seats': ['Asked for a seat', 'Request for a seat'],
  'POST /api/license/trials': ['Started a trial', 'Start of a trial'],
  'POST /api/license/emergencies': ['Started an emergency day', 'Start of an emergency day'],
  'POST /api/license/orders': ['Ordered', 'Order'],
  'POST /api/license/order-looks': ['Asked how far the order is', 'Question how far the order is'],
  'DELETE /api/license/order': ['Cancelled or dismissed the order', 'Cancelling or dismissing the order'],
  'POST /api/clients/{id}/disconnect': ['Disconnected a client', 'Disconnecting a client'],
  'DELETE /api/clients/{id}': ['Deleted a client', 'Deletion of a client'],
  'POST /api/clients/delete-disconnected': ['Deleted the clients that were away', 'Deletion of the clients that were away'],
  'DELETE /api/retained/{topic}': ['Deleted a retained message', 'Deletion of a retained message'],
  'POST /api/mqtt-users': ['Added MQTT credentials', 'New MQTT credentials'],
  'PUT /api/mqtt-users/{name}': ['Changed MQTT credentials', 'Change of MQTT credentials'],
  'DELETE /api/mqtt-users/{name}': ['Deleted MQTT credentials', 'Deletion of MQTT credentials'],
  'PUT /api/listeners': ['Changed the listeners', 'Change of the listeners'],
  'POST /api/certificates': ['Added a certificate', 'New certificate'],
  'PUT /api/certificates/{name}': ['Replaced a certificate', 'Replacement of a certificate'],
  'DELETE /api/certificates/{name}': ['Deleted a certificate', 'Deletion of a certificate'],
  'PUT /api/logs/level': ['Changed what is logged', 'Change of what is logged'],
  'GET /api/system/backup': ['Took a backup', 'Backup'],
  'POST /api/system/restore': ['Restored a backup', 'Restoring a backup'],
  'GET /api/system/support-bundle': ['Took a support bundle', 'Support bundle'],
};

export default function Audit() {
  const pages = usePages('/api/audit');
  return (
    <>
      <PageHead title="Audit" actions={<Button variant="outlined" href="/api/audit/download" download startIcon={<Icon name="download" />}>Download as CSV</Button>}>What was done at the console, by whom, the latest first.</PageHead>
      <Listing label="Audit log" pages={pages} rows={answer => answer.items} idOf={(entry: Entry) => `${entry.at}${entry.action}${entry.target}${entry.status}`}
        columns={doneColumns(WORDS)}
        empty={<Empty title="Nothing was done yet" icon="audit" />} />
    </>
  );
}
