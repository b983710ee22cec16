using OsDeploy.Api.Appliance;
using OsDeploy.Screens.Console.Shell;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Shell;
using OsDeploy.Screens.Words;
using OsDeploy.Text;

namespace OsDeploy.Screens.Console.Store;

/// <summary>What the keys of the store's screen do.</summary>
/// <param name="selected">Null: the list is empty.</param>
/// <param name="changed">Something is different in the store now.</param>
internal sealed class StoreDeeds(Workplace at, StoreDesk desk, Func<VersionRow?> selected, Action changed)
{
    /// <summary>The most wanted first: the line of keys ends where the screen does.</summary>
    public IReadOnlyList<ScreenAction> Actions =>
    [
        Action(Key.F2, Words.Store.ActCurrent, StoreDeed.MakeCurrent, MakeCurrent, StoreCommands.MakeCurrent),
        Action(Key.F3, Words.Store.ActCompare, StoreDeed.Compare, Compare, row => StoreCommands.Compare(row, row is null ? null : desk.OthersOf(row) is [var other, ..] ? other : null)),
        Action(Key.F4, Words.Store.ActCheck, StoreDeed.Check, Check, StoreCommands.Check),
        Action(Key.F6, Words.Store.ActUndelete, StoreDeed.Undelete, Undelete, StoreCommands.Undelete),
        Action(Key.F8, Words.Store.ActDelete, StoreDeed.Delete, Delete, StoreCommands.Delete),
        Action(Key.F7, Words.Store.ActPrune, StoreDeed.Prune, Prune, _ => StoreCommands.Prune(new OsDeploy.Images.PruneOptions(Now: false, DryRun: false))),
        new ScreenAction(Key.F5, Words.Store.ActReload, changed, Command: () => [StoreCommands.List(desk.Kind)]),
    ];

    private ScreenAction Action(Key key, string label, StoreDeed deed, Action run, Func<VersionRow?, CommandLine?> command) =>
        new(key, label, run, () => desk.WhyNot(selected(), deed), () => command(selected()) is { } one ? [one] : []);

    private void MakeCurrent()
    {
        var row = selected()!;
        if (at.Dialogs.Confirm(Words.Store.CurrentTitle, Language.Fill(Words.Store.CurrentText, row.Name, Times.Of(row.CapturedAt, desk.Zone)), Words.Store.CurrentYes))
        {
            at.Dialogs.Wait(Words.Store.CurrentTitle, cancel => desk.MakeCurrentAsync(row, cancel));
            Done(Language.Fill(Words.Store.CurrentDone, row.Name));
        }
    }

    private void Compare()
    {
        var row = selected()!;
        var others = desk.OthersOf(row);
        using var pick = new PickDialog(Words.Store.CompareTitle, [.. others.Select(other => $"{other.Name}  {Times.Of(other.CapturedAt, desk.Zone)}  {StoreText.StateOf(other, desk.Now).Trim()}")], 0);
        at.Dialogs.App.Run(pick);
        if (pick.Picked is { } picked)
        {
            var comparison = at.Dialogs.Wait(Words.Store.CompareDoing, cancel => desk.CompareAsync(row, others[picked], cancel));
            at.Dialogs.Tell(Words.Store.CompareDoing, StoreText.Of(row, others[picked], comparison));
        }
    }

    private void Check()
    {
        var form = new CheckForm(desk, selected());
        at.Dialogs.Ask(form.Model);
        if (form.Report is { } report)
        {
            at.Dialogs.Tell(Words.Store.CheckTitle, StoreText.Of(report));
            changed();
        }
    }

    private void Undelete()
    {
        var row = selected()!;
        if (at.Dialogs.Confirm(Words.Store.UndeleteTitle, Language.Fill(Words.Store.UndeleteText, row.Name, Times.Of(row.CapturedAt, desk.Zone)), Words.Store.ActUndelete))
        {
            at.Dialogs.Wait(Words.Store.UndeleteTitle, cancel => desk.UndeleteAsync(row, cancel));
            Done(Language.Fill(Words.Store.UndeleteDone, row.Name));
        }
    }

    private void Prune()
    {
        var form = at.Dialogs.Wait(Words.Store.PrunePreview, cancel => PruneForm.PrepareAsync(desk, cancel));
        at.Dialogs.Ask(form.Model);
        if (form.Report is { } report)
        {
            at.Dialogs.Tell(Words.Store.PruneTitle, StoreText.Of(report, isDone: true));
            changed();
        }
    }

    private void Delete()
    {
        var row = selected()!;
        var form = new VersionDeletion(desk, row, at.Dialogs.Wait(Words.Store.Weighing, cancel => WeighAsync(row, cancel)));
        at.Dialogs.Ask(form.Model);
        if (form.EndsAt is { } until)
        {
            Done(Language.Fill(Words.Store.DeleteDone, row.Name, Times.Of(until, desk.Zone)));
        }
    }

    // What cannot be read cannot be weighed, and must be deletable all the same.
    private async Task<VersionWeight?> WeighAsync(VersionRow row, CancellationToken cancel)
    {
        try
        {
            return await desk.WeighAsync(row, withOnly: true, cancel);
        }
        catch (UserErrorException e) when (e.Code is not ("appliance-unreachable" or "logged-out"))
        {
            return null;
        }
    }

    private void Done(string what)
    {
        at.Frame.Toast(Printable.Of(what));
        changed();
    }
}
