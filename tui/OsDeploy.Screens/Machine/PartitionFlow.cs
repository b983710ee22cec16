using System.Globalization;
using OsDeploy.Api.Agents;
using OsDeploy.Api.Jobs;
using OsDeploy.Images;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;
using OsDeploy.Text;

namespace OsDeploy.Screens.Machine;

/// <summary>Restoring some partitions, or only the boot code and table: the rest of the disk stays as it is.</summary>
internal static class PartitionFlow
{
    /// <exception cref="UserErrorException"><c>machine-no-disk</c></exception>
    public static async Task<FormModel> PartitionsAsync(MachineSession session, CancellationToken cancel)
    {
        var disks = await session.DisksAsync(cancel);
        var choices = (session.State.Facts?.Image?.Partitions ?? []).Where(partition => partition is { Disk: 1, Content: PartitionContent.Image or PartitionContent.Raw })
            .Select(partition => ChoiceOf(partition, session.State)).ToList();
        var chosen = new MultiChoiceEntry("partitions", Words.Machine.PartitionsLabel, () => choices) { IsRequired = true, Help = Words.Machine.HelpPartition };
        var disk = DiskOf(disks);
        var options = () => new JobOptions([.. chosen.Chosen.Select(choice => int.Parse(choice.Id, CultureInfo.InvariantCulture))]);
        return new FormModel(Words.Machine.MenuPartition, [Image(session.State), disk, chosen], Action(session, disks, disk, options)) { Help = Words.Machine.HelpPartition };
    }

    /// <inheritdoc cref="PartitionsAsync"/>
    public static async Task<FormModel> BootRecordAsync(MachineSession session, CancellationToken cancel)
    {
        var disks = await session.DisksAsync(cancel);
        var disk = DiskOf(disks);
        return new FormModel(
            Words.Machine.MenuMbr,
            [Image(session.State), new InfoEntry("what", () => Words.Machine.MbrWhat), disk],
            Action(session, disks, disk, () => new JobOptions(TableOnly: true)))
        { Help = Words.Machine.HelpMbr };
    }

    private static Choice ChoiceOf(ImagePartition partition, MachineState state)
    {
        var plan = state.Facts?.Partitions.FirstOrDefault(plan => plan.Disk == partition.Disk && plan.Number == partition.Number);
        return new Choice(
            partition.Number.ToString(CultureInfo.InvariantCulture),
            PartitionText.NameOf(partition.Disk, partition.Number, Printable.Of(plan?.Description, 40)),
            PartitionText.RemarkOf(partition.Length, partition.FileSystem, partition.Label));
    }

    private static InfoEntry Image(MachineState state) => new("image", () => state.Facts?.Image is { } image
        ? Language.Fill(Words.Machine.ImageIs, $"{image.Image}@{image.Version.Short}", image.CapturedAt.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture))
        : "");

    private static ChoiceEntry DiskOf(IReadOnlyList<DiskNote> disks)
    {
        var field = DiskField.Of("disk", Words.Machine.DiskLabel, disks);
        return new ChoiceEntry(field.Id, field.Label, field.Options, field.Value) { Applies = () => disks.Count > 1 };
    }

    private static FormAction Action(MachineSession session, IReadOnlyList<DiskNote> disks, ChoiceEntry disk, Func<JobOptions> options) => new(
        "restore", Words.Machine.RestoreAction, cancel => session.StartAsync(JobKind.Restore, options(), disks.Count > 1 ? [DiskField.BindingOf(1, disk, disks)] : null, cancel))
    { IsDestructive = true };
}
