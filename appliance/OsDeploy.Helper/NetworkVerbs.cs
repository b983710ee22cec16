using OsDeploy.Api.Helper;
using OsDeploy.Helper.Dhcp;
using OsDeploy.Helper.Igmp;

namespace OsDeploy.Helper;

/// <summary>The verbs that do more than run a program to its end.</summary>
internal sealed class NetworkVerbs(Dnsmasq dnsmasq, MulticastQuerier querier, TimeProvider time)
{
    public static bool Knows(HelperRequest request) =>
        request is DnsmasqApplyRequest or DnsmasqReloadRequest or DnsmasqStopRequest or DnsmasqStateRequest or DhcpProbeRequest or MulticastQuerierRequest;

    public async Task<HelperAnswer> RunAsync(HelperRequest request, CancellationToken cancel)
    {
        switch (request)
        {
            case DnsmasqApplyRequest apply:
                await dnsmasq.ApplyAsync(apply.Configuration, cancel);
                return HelperAnswer.Done;
            case DnsmasqReloadRequest:
                await dnsmasq.ReloadAsync(cancel);
                return HelperAnswer.Done;
            case DnsmasqStopRequest:
                await dnsmasq.StopAsync(cancel);
                return HelperAnswer.Done;
            case DnsmasqStateRequest:
                return HelperAnswer.Told(dnsmasq.State);
            case DhcpProbeRequest probe:
                return HelperAnswer.Told(await DhcpProbe.RunAsync(probe.Interface, time, cancel));
            case MulticastQuerierRequest asking:
                await querier.SetAsync(asking.Interface, asking.On, cancel);
                return HelperAnswer.Done;
            default:
                throw new ArgumentOutOfRangeException(nameof(request), request, "no such verb");
        }
    }
}
