using OsDeploy.Api.Jobs;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;

namespace OsDeploy.Screens.Machine;

/// <summary>Erasing every internal disk: each is named, and somebody types the computer's name.</summary>
internal static class CleanFlow
{
    /// <exception cref="UserErrorException"><c>machine-no-disk</c></exception>
    public static async Task<FormModel> PrepareAsync(MachineSession session, CancellationToken cancel)
    {
        var disks = await session.DisksAsync(cancel);
        var name = session.State.Facts?.Name ?? throw MachineErrors.NotRegistered();
        var typed = new TextEntry("confirm", Words.Machine.CleanConfirm)
        {
            IsRequired = true,
            Rule = text => text == name ? null : Language.Fill(Words.Common.TypeExactly, name),
        };
        return new FormModel(
            Words.Machine.MenuClean,
            [
                new InfoEntry("what", () => Words.Machine.CleanWhat) { IsWarning = true },
                .. disks.Select((disk, i) => new InfoEntry($"disk{i}", () => $"{disk.Name}: {disk.Content}")),
                new InfoEntry("type", () => Language.Fill(Words.Common.TypeExactly, name)),
                typed,
            ],
            new FormAction("erase", Words.Machine.CleanAction, cancel => session.StartAsync(JobKind.Erase, new JobOptions(), null, cancel)) { IsDestructive = true })
        { Help = Words.Machine.HelpClean };
    }
}
