using System.Globalization;
using OsDeploy.Api.Hosts;
using OsDeploy.Api.Jobs;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;

namespace OsDeploy.Screens.Machine;

/// <summary>Restoring this computer: no question, unless it has several disks that could be meant. What is erased is shown before it begins.</summary>
internal static class RestoreFlow
{
    private static readonly JobOptions s_whole = new();

    /// <returns>A question that must be answered first; null: it has begun.</returns>
    /// <exception cref="UserErrorException">What rules it out.</exception>
    public static async Task<FormModel?> StartAsync(MachineSession session, CancellationToken cancel)
    {
        if (await session.MustNameDisksAsync(JobKind.Restore, s_whole, cancel))
        {
            return WhichDisks(session, await session.DisksAsync(cancel));
        }

        await session.StartAsync(JobKind.Restore, s_whole, null, cancel);
        return null;
    }

    private static FormModel WhichDisks(MachineSession session, IReadOnlyList<DiskNote> disks)
    {
        var count = session.State.Facts?.Image?.Partitions.Select(partition => partition.Disk).DefaultIfEmpty(1).Max() ?? 1;
        var fields = Enumerable.Range(1, count).Select(number => DiskField.Of(
            number.ToString(CultureInfo.InvariantCulture), Language.Fill(Words.Machine.DiskOfImage, number), disks)).ToList();
        return new FormModel(Words.Machine.MenuRestore, fields, new FormAction("restore", Words.Machine.RestoreAction, cancel =>
            session.StartAsync(JobKind.Restore, s_whole, [.. fields.Select((field, i) => DiskField.BindingOf(i + 1, field, disks))], cancel)) { IsDestructive = true })
        { Help = Words.Machine.HelpRestore };
    }
}

/// <summary>A question for one of the disks of this computer.</summary>
internal static class DiskField
{
    public static ChoiceEntry Of(string id, string label, IReadOnlyList<DiskNote> disks) => new(
        id, label, [.. disks.Select(disk => new Choice(disk.Path, disk.Name, disk.Content))], disks is [var only] ? only.Path : null);

    /// <returns>The disk that was chosen, as the server knows it.</returns>
    public static DiskBinding BindingOf(int number, ChoiceEntry field, IReadOnlyList<DiskNote> disks) => BindingOf(number, disks.First(disk => disk.Path == field.Value).Disk);

    public static DiskBinding BindingOf(int number, HostDisk disk) => new(number, disk.Serial, disk.Wwn, disk.Model, disk.Size);
}
