using OsDeploy.Api.Helper;
using OsDeploy.Storage.Documents;

namespace OsDeploy.Server.Accounts;

/// <summary>
/// Numbers of operators as users of the system. Each is given once: a program that still runs for an account that is gone must not
/// become that of the next account.
/// </summary>
internal sealed class OperatorUids(DocumentStore store, Operators operators)
{
    private const string Id = "last";

    private readonly Collection<LastUid> _last = store.GetCollection("operator_uid", AccountJson.Default.LastUid, last => last.Id);

    /// <summary>Gives every account a number that has none, as long as there are numbers.</summary>
    public void Complete()
    {
        if (operators.Table.All.All(account => account.Uid is not null))
        {
            return;
        }

        store.Transact(() =>
        {
            var next = (_last.FindById(Id)?.Value.Uid ?? MirroredOperators.FirstUid - 1) + 1;
            foreach (var account in operators.Table.All.Where(account => account.Uid is null))
            {
                if (MirroredOperators.IsUid(next) && operators.TryNumber(account.Name, next))
                {
                    _last.Upsert(new LastUid(Id, next++));
                }
            }
        });
    }
}

/// <param name="Uid">The highest that was ever given.</param>
internal sealed record LastUid(string Id, int Uid);
