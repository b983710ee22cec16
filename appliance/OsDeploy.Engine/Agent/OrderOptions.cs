using OsDeploy.Api.Agents;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Jobs;
using OsDeploy.Images;
using OsDeploy.Imaging;
using OsDeploy.Windows;
using OperatingSystem = OsDeploy.Api.Configurations.OperatingSystem;

namespace OsDeploy.Agent;

/// <summary>What an order means to the engine.</summary>
internal static class OrderOptions
{
    /// <exception cref="UserErrorException"><c>order-incomplete</c>, <c>image-name</c>, <c>override-no-format</c></exception>
    public static CaptureOptions ForCapture(JobOrder order)
    {
        var (options, isManual) = (order.Options, order.Kind == JobKind.ManualBackup);
        if (isManual && options.Partitions is not [_])
        {
            throw AgentErrors.OrderIncomplete("the one partition to back up");
        }

        var plans = (isManual ? [] : order.Partitions).GroupBy(plan => plan.Disk).ToDictionary(group => group.Key, DiskPlan);
        var first = plans.GetValueOrDefault(1);
        return new CaptureOptions(
            KindOf(order),
            ImageOf(order),
            options.Partitions?.ToHashSet(),
            first?.Data,
            first?.GrowPartition,
            options.AllowBadSectors,
            options.AllowRaw,
            WithTable: !isManual || options.WithTable,
            FurtherDisks: plans,
            Systems: first?.Systems,
            AllowUnprepared: options.AllowUnprepared);
    }

    /// <summary>Also for healing, which looks where a restore would write.</summary>
    /// <exception cref="UserErrorException"><c>order-incomplete</c>, <c>image-name</c></exception>
    public static RestoreOptions ForRestore(JobOrder order)
    {
        var (options, isManual) = (order.Options, KindOf(order) == ImageKind.Manual);
        return new RestoreOptions(
            KindOf(order),
            ImageOf(order),
            order.Version ?? throw AgentErrors.OrderIncomplete("the version to restore"),
            isManual && options.WithTable ? null : options.Partitions?.ToHashSet(),
            options.TableOnly,
            options.Full,
            options.VerifyAll ? VerifyMode.All : VerifyMode.Sample,
            options.WipeFree,
            options.AllowRemovable,
            options.AllowOtherFirmware,
            Wishes: isManual ? null : [.. order.Partitions.Select(WishOf)]);
    }

    private static FurtherDisk DiskPlan(IEnumerable<PartitionPlan> plans)
    {
        var all = plans.ToList();
        var data = all.Where(plan => plan.Use != PartitionUse.Image).ToDictionary(plan => plan.Number, DataPlanOf);
        var systems = all.Where(plan => plan.Use == PartitionUse.Image && IsWindows(plan.Os)).ToDictionary(plan => plan.Number, plan => new PlannedSystem(plan.Os, plan.Join));
        return new FurtherDisk(data, all.Find(plan => plan.Grow)?.Number, systems);
    }

    private static bool IsWindows(OperatingSystem os) => os is not (OperatingSystem.Data or OperatingSystem.Linux or OperatingSystem.WinBoot);

    private static DataPlan DataPlanOf(PartitionPlan plan) => plan.Use switch
    {
        PartitionUse.Leave => new DataPlan(null),
        PartitionUse.Raw => new DataPlan(null, EveryByte: true),
        _ => new DataPlan(plan.Format ?? throw ImagingErrors.WishWithoutFileSystem(plan.Number)),
    };

    private static PartitionWish WishOf(PartitionPlan plan) => new(
        plan.Disk,
        plan.Number,
        plan.Use switch
        {
            PartitionUse.Format => PartitionContent.Format,
            PartitionUse.Leave => PartitionContent.Leave,
            _ => PartitionContent.Image,
        },
        plan.Format,
        plan.Grow);

    private static ImageKind KindOf(JobOrder order) =>
        order.Kind is JobKind.ManualBackup or JobKind.ManualRestore ? ImageKind.Manual : ImageKind.Image;

    private static ImageName ImageOf(JobOrder order) => order switch
    {
        { Image: { } image } => image,
        { Options.ManualName: { } name } => ImageName.Parse(name),
        _ => throw AgentErrors.OrderIncomplete("the name of its image"),
    };
}
