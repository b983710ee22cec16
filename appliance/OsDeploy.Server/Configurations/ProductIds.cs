using OsDeploy.Api.Configurations;
using OsDeploy.Api.Hosts;

namespace OsDeploy.Server.Configurations;

/// <summary>Product ids lie sealed, and the API shows <see cref="Secret.Mask"/>. The mask sent back means: as it was.</summary>
internal sealed class ProductIds(Func<string, string> seal, Func<string, string> open)
{
    /// <param name="before">The stored plan the mask stands for.</param>
    public IReadOnlyList<PartitionPlan> Sealed(IEnumerable<PartitionPlan> plans, IReadOnlyList<PartitionPlan> before) => [.. plans.Select(plan => plan with
    {
        ProductId = Sealed(
            string.IsNullOrEmpty(plan.ProductId) ? null : plan.ProductId, plan.Disk, plan.Number, null,
            () => before.FirstOrDefault(old => (old.Disk, old.Number) == (plan.Disk, plan.Number))?.ProductId),
    })];

    /// <inheritdoc cref="Sealed(IEnumerable{PartitionPlan}, IReadOnlyList{PartitionPlan})"/>
    public IReadOnlyList<PartitionOverride> Sealed(IEnumerable<PartitionOverride> overrides, Host before) => [.. overrides.Select(own => own with
    {
        ProductId = Sealed(
            own.ProductId, own.Disk, own.Number, before.Name.ToString(),
            () => before.Overrides.FirstOrDefault(old => (old.Disk, old.Number) == (own.Disk, own.Number))?.ProductId),
    })];

    /// <summary>For an order to an agent.</summary>
    public PartitionPlan Opened(PartitionPlan plan) => plan with { ProductId = plan.ProductId is { } text ? open(text) : null };

    public static PartitionPlan Masked(PartitionPlan plan) => plan with { ProductId = Masked(plan.ProductId) };

    public static Host Masked(Host host) => host with { Overrides = [.. host.Overrides.Select(own => own with { ProductId = Masked(own.ProductId) })] };

    // An empty one is a host's way to have none where its configuration has one: nothing secret, and to be seen.
    private static string? Masked(string? productId) => string.IsNullOrEmpty(productId) ? productId : Secret.Mask;

    private string? Sealed(string? productId, int disk, int number, string? host, Func<string?> before)
    {
        if (productId == Secret.Mask)
        {
            return before();
        }

        if (string.IsNullOrEmpty(productId))
        {
            return productId;
        }

        PlanRules.CheckProductId(productId, disk, number, host);
        return seal(productId);
    }
}
