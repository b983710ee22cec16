using OsDeploy.Api.Appliance;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;
using OsDeploy.Text;

namespace OsDeploy.Screens.Console.Store;

/// <summary>Takes a version off the list, after saying what goes with it and what is restored from then on.</summary>
internal sealed class VersionDeletion
{
    private readonly StoreDesk _desk;
    private readonly VersionRow _row;
    private readonly VersionWeight? _weight;

    /// <param name="weight">Null: it could not be found out.</param>
    public VersionDeletion(StoreDesk desk, VersionRow row, VersionWeight? weight)
    {
        (_desk, _row, _weight) = (desk, row, weight);
        Model = new FormModel(
            Words.Store.DeleteTitle,
            [
                new InfoEntry("loss", () => string.Join('\n', Losses())) { IsWarning = true },
                Confirmation.Demand(() => row.Image),
                Confirmation.Field(() => row.Image),
            ],
            new FormAction("delete", Common.Delete, DeleteAsync) { IsDestructive = true })
        {
            Help = Words.Store.DeleteHelp,
            Equivalent = () => [StoreCommands.Delete(row)!],
        };
    }

    public FormModel Model { get; }

    /// <summary>Until then it can come back; null: it was not deleted.</summary>
    public DateTimeOffset? EndsAt { get; private set; }

    private IEnumerable<string> Losses()
    {
        yield return Language.Fill(Words.Store.DeleteWhat, _row.Name, Times.Of(_row.CapturedAt, _desk.Zone), StoreText.SizeOf(_row.UsedBytes));
        if (_weight?.Only is { } only)
        {
            yield return Language.Fill(Words.Store.DeleteFrees, Sizes.Of(only));
        }

        var others = _desk.OthersOf(_row);
        if (others.Count == 0)
        {
            yield return Language.Fill(Words.Store.DeleteLast, _row.Image);
        }
        else if (_row.IsCurrent)
        {
            yield return Language.Fill(Words.Store.DeleteCurrent, others[0].Name, Times.Of(others[0].CapturedAt, _desk.Zone));
        }

        if (_desk.HostsOf(_row) is > 0 and var hosts)
        {
            yield return Language.Fill(Words.Store.DeleteHosts, _row.Configuration, Language.Count(hosts, Common.HostsOne, Common.HostsOther));
        }

        yield return Words.Store.DeleteUndo;
    }

    private async Task DeleteAsync(CancellationToken cancel) => EndsAt = await _desk.DeleteAsync(_row, cancel);
}
