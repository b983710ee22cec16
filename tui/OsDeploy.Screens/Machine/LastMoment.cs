using OsDeploy.Api.Agents;

namespace OsDeploy.Screens.Machine;

/// <summary>The seconds in which somebody can still keep disks from being overwritten.</summary>
internal sealed class LastMoment(JobOrder order, IReadOnlyList<DiskNote> disks, TimeProvider time) : Countdown(time)
{
    public JobOrder Order { get; } = order;

    public IReadOnlyList<DiskNote> Disks { get; } = disks;
}
