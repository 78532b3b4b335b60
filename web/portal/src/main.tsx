import { Look } from '@charter/kit';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { Portal } from './Portal';

const place = document.getElementById('portal');
if (!place) throw new Error('The page has no place for the portal.');
createRoot(place).render(
  <QueryClientProvider client={new QueryClient()}>
    <Look>
      <Portal />
    </Look>
  </QueryClientProvider>,
);
