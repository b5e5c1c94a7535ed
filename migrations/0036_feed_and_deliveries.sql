-- A customer shows the group it is in, so that who follows the feed knows the members of each.
alter table customer
  add column credit_group_id uuid,
  add constraint customer_credit_group foreign key (tenant_id, credit_group_id) references credit_group;

-- Row-level security binds the owner too, except while it looks through all tenants.
alter table customer no force row level security;
alter table credit_group_member no force row level security;
update customer
set credit_group_id = member.group_id
from credit_group_member as member
where member.tenant_id = customer.tenant_id and member.customer_id = customer.id;
alter table customer force row level security;
alter table credit_group_member force row level security;

-- Nearly every delivery is written twice, the second time with what came of it, which no index knows: where its page has
-- room for that, no index is touched.
alter table webhook_delivery set (fillfactor = 50);
