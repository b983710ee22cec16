namespace OsDeploy.Api.Helper;

/// <summary>What a disk of the appliance says of itself (SMART). What it does not say is null.</summary>
/// <param name="Name">As the kernel names it: <c>sda</c>.</param>
/// <param name="Model">Empty: it does not say.</param>
/// <param name="Size">Bytes.</param>
/// <param name="IsVirtual">Of a virtual machine: the disk below it is somebody else's to look at.</param>
/// <param name="Passed">Its own judgement.</param>
/// <param name="Temperature">Degrees Celsius.</param>
/// <param name="Wear">Percent of its life that are used up.</param>
/// <param name="Reallocated">Sectors that it has replaced.</param>
/// <param name="Pending">Sectors, or pieces of data, that it could not read.</param>
public sealed record DiskHealth(
    string Name, string Model, long Size, bool IsVirtual, bool? Passed = null, int? Temperature = null, int? Wear = null, long? Reallocated = null, long? Pending = null);
